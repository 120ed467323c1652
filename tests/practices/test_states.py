"""The way of a practice: every cell of the table, whose each step is, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import SYSTEM, Actor
from app.network.models import Project, ProjectRoleRow
from app.network.rules import ProjectRole
from app.practices import queries, services
from app.practices.errors import (
    CriteriaMissing,
    EvidenceTakenAway,
    FormNotFilled,
    JoinsUnreviewed,
    MayNotEdit,
    NotNow,
    NotYourStep,
    PracticeNotFound,
    ReasonMissing,
)
from app.practices.inputs import AuthorInput, PracticeInput, StepInput
from app.practices.models import Practice
from app.practices.permissions import Parties, hands_of
from app.practices.rules.consent import CONSENT_VERSION
from app.practices.rules.contents import merge
from app.practices.rules.differences import Mark, differences
from app.practices.rules.form import LENGTHS, Part, faults_of, lengths_of
from app.practices.rules.states import MOVES, PUBLIC, Hand, State, Step, move_of, steps_from
from tests.builders import NOW, make_manager, make_organisation, make_person

ALL = frozenset(Hand)
S, T = State, Step
# what the table says, once more and by hand: (from, step) → (to, whose)
WRITTEN = {
    (S.SURVEYED, T.IDENTIFY): (S.IDENTIFIED, "writer editor conductor"),
    (S.SURVEYED, T.PUBLISH): (S.PUBLISHED, "sole"),
    (S.IDENTIFIED, T.SELECT): (S.SELECTED, "editor conductor"),
    (S.IDENTIFIED, T.LEAVE_OUT): (S.IDENTIFIED, "editor conductor"),
    (S.IDENTIFIED, T.PUBLISH): (S.PUBLISHED, "sole"),
    (S.SELECTED, T.LEAVE_OUT): (S.IDENTIFIED, "editor conductor"),
    (S.SELECTED, T.SUBMIT): (S.SUBMITTED, "writer"),
    (S.SELECTED, T.PUBLISH): (S.PUBLISHED, "sole"),
    (S.SUBMITTED, T.SEND_BACK): (S.SELECTED, "editor"),
    (S.SUBMITTED, T.DECLINE): (S.IDENTIFIED, "editor"),
    (S.SUBMITTED, T.PUBLISH): (S.PUBLISHED, "editor"),
    (S.PUBLISHED, T.VALIDATE): (S.VALIDATED, "expert"),
    (S.PUBLISHED, T.TAKE_BACK): (S.SUBMITTED, "writer editor"),
    (S.PUBLISHED, T.RETIRE): (S.RETIRED, "writer editor"),
    (S.VALIDATED, T.TAKE_BACK): (S.SUBMITTED, "writer editor"),
    (S.VALIDATED, T.RETIRE): (S.RETIRED, "writer editor"),
    (S.RETIRED, T.REOPEN): (S.IDENTIFIED, "writer editor"),
}
WORDS = StepInput(reason="Because", criteria="Figures")


@pytest.mark.parametrize(("state", "step", "hand"), list(product(State, Step, Hand)))
def test_every_cell_of_the_table_for_every_hand(state: State, step: Step, hand: Hand) -> None:
    def move() -> State:
        return move_of(state, step, frozenset({hand}), reason="Because", criteria="Figures").to

    to, whose = WRITTEN.get((state, step), (None, ""))
    if to is None:
        with pytest.raises(NotNow):
            move()
    elif hand not in whose.split():
        with pytest.raises(NotYourStep):
            move()
    else:
        assert move() is to
    assert (step in steps_from(state, frozenset({hand}))) is (hand in whose.split())


@pytest.mark.parametrize(("cell", "move"), MOVES.items())
def test_what_a_step_asks_for_is_refused_when_it_is_missing(cell: tuple[State, Step], move: Any) -> None:
    if move.criteria:
        with pytest.raises(CriteriaMissing):
            move_of(*cell, ALL, reason="Because", criteria=" ")
    if move.reason:
        with pytest.raises(ReasonMissing):
            move_of(*cell, ALL, reason=" ", criteria="Figures")
    assert move_of(*cell, ALL, reason="Because", criteria="Figures") is move


def test_every_state_is_reached_and_left() -> None:
    assert {move.to for move in MOVES.values()} | {S.SURVEYED} == set(State) == {state for state, _step in MOVES}


def test_a_practice_of_no_project_is_its_writer_s_own_matter_and_one_of_a_project_is_not() -> None:
    writer = Actor(account_id=1, managed_ids=frozenset({7}))
    alone, within = Parties(owner_id=7), Parties(owner_id=7, project_id=1, lead_ids=frozenset({8}))
    assert hands_of(writer, alone) == {Hand.WRITER, Hand.EDITOR, Hand.SOLE}
    assert hands_of(writer, within) == {Hand.WRITER}
    assert hands_of(Actor(managed_ids=frozenset({8})), within) == {Hand.EDITOR}


def test_an_expert_of_the_owner_gives_no_opinion_on_it() -> None:
    parties = Parties(owner_id=7, expert_ids=frozenset({3}))
    assert Hand.EXPERT in hands_of(Actor(person_id=3), parties)
    assert Hand.EXPERT not in hands_of(Actor(person_id=3, organisation_ids=frozenset({7})), parties)
    assert Hand.EXPERT not in hands_of(Actor(person_id=4), parties)


def test_faults_name_what_is_empty_and_what_is_too_long() -> None:
    texts = {part: Texts(en="Words") for part in Part} | {Part.EVIDENCE: Texts(en=" "), Part.TITLE: Texts(it="x" * 103)}
    found = [(fault.field, fault.spare) for fault in faults_of(texts, LENGTHS)]
    assert found == [("title_it", 3), ("evidence_en", 0)]
    longer = lengths_of({"title": 50}, {"title": 200, "nonsense": 5})
    assert [fault.field for fault in faults_of(texts, longer)] == ["evidence_en"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_hold_both_texts_whole(old: str, new: str) -> None:
    runs = differences(old, new)
    assert "".join(run.text for run in runs if run.mark is not Mark.NEW) == old
    assert "".join(run.text for run in runs if run.mark is not Mark.GONE) == new


def test_differences_are_found_word_by_word() -> None:
    runs = [(str(run.mark), run.text) for run in differences("More than 70 events.\nEnd", "More than 90 events.\nEnd")]
    assert runs == [("same", "More than "), ("gone", "70"), ("new", "90"), ("same", " events.\nEnd")]


def test_two_editors_of_different_words_both_keep_theirs() -> None:
    base = {"body": {"en": "A", "it": "A"}, "city": "Lodi", "staff": None}
    mine = {"body": {"en": "B", "it": "A"}, "city": "Lodi", "staff": None}
    theirs = {"body": {"en": "A", "it": "C"}, "city": "Milan", "staff": None}
    assert merge(base, mine, theirs) == ({"body": {"en": "B", "it": "C"}, "city": "Milan", "staff": None}, [])
    _merged, clashes = merge(base, mine, theirs | {"body": {"en": "D", "it": "A"}})
    assert clashes == [("body", "en")]


def full(owner_id: int, **changes: Any) -> PracticeInput:
    texts = {str(part): Texts(en=f"Words on {part}") for part in Part}
    return PracticeInput(**{**texts, "owner_id": owner_id, "country_code": "IT"} | changes)


class House:
    """A project with its lead partner, a partner who writes, and an expert."""

    def __init__(self) -> None:
        self.owner, self.lead = make_organisation("Owner"), make_organisation("Lead")
        self.project = Project(slug="project", acronym="Project", aliases=[], title=Texts(), objectives=Texts())
        self.project.roles.append(ProjectRoleRow(organisation_id=self.lead.id, role=ProjectRole.LEAD_PARTNER))
        db.session.add(self.project)
        db.session.flush()
        self.writer = make_manager(self.owner, "writer@filo.example")
        self.editor = make_manager(self.lead, "editor@filo.example")
        self.expert_person = make_person("Uta", "Expertin")
        self.expert = Actor(account_id=None, person_id=self.expert_person.id, name="Uta Expertin")

    def practice(self, **changes: Any) -> Practice:
        values = full(self.owner.id, project_id=self.project.id, **changes)
        return services.add(values=values, actor=self.writer, now=NOW)

    def step(self, practice: Practice, step: Step, actor: Actor, values: StepInput = WORDS) -> None:
        services.take_step(practice_id=practice.id, step=step, values=values, actor=actor, now=NOW)


@pytest.fixture
def house(database: Session) -> House:
    return House()


def test_a14_two_of_five_are_selected_and_the_others_kept_with_the_reason(house: House) -> None:
    five = [house.practice(title=Texts(en=f"Practice {number}")) for number in range(5)]
    study = make_organisation("HIT")
    for number, practice in enumerate(five):
        house.step(practice, Step.IDENTIFY, house.writer)
        why = StepInput(reason=f"Reason {number}", criteria="Figures", organisation_id=study.id)
        house.step(practice, Step.SELECT if number < 2 else Step.LEAVE_OUT, house.editor, why)
    states = [practice.state for practice in five]
    assert states == [State.SELECTED] * 2 + [State.IDENTIFIED] * 3
    decision = queries.changes_of(five[4].id)[0]
    assert (decision.step, decision.reason, decision.criteria) == (Step.LEAVE_OUT, "Reason 4", "Figures")
    assert (decision.organisation, decision.by, decision.at) == (study, house.editor.name, NOW)


def test_a_practice_of_a_project_passes_editor_and_expert(house: House) -> None:
    practice = house.practice()
    with pytest.raises(NotYourStep):
        services.publish(practice_id=practice.id, actor=house.writer, now=NOW)
    house.step(practice, Step.IDENTIFY, house.writer)
    house.step(practice, Step.SELECT, house.editor)
    house.step(practice, Step.SUBMIT, house.writer)
    assert practice in queries.waiting_for(house.editor)
    house.step(practice, Step.SEND_BACK, house.editor)
    house.step(practice, Step.SUBMIT, house.writer)
    house.step(practice, Step.PUBLISH, house.editor)
    with pytest.raises(MayNotEdit):
        house.step(practice, Step.VALIDATE, house.expert)
    services.ask_expert(practice_id=practice.id, person_id=house.expert_person.id, actor=house.editor, now=NOW)
    assert practice in queries.waiting_for(house.expert)
    house.step(practice, Step.VALIDATE, house.expert)
    assert (practice.state, practice.is_published) == (State.VALIDATED, True)
    emptied = full(house.owner.id, project_id=house.project.id, evidence=Texts())
    with pytest.raises(EvidenceTakenAway):
        services.edit(practice_id=practice.id, values=emptied, actor=house.writer, now=NOW)
    house.step(practice, Step.RETIRE, house.writer)
    assert not practice.is_published
    assert len(queries.changes_of(practice.id)) == 8


def test_new_words_end_a_validation_and_other_facts_do_not(house: House) -> None:
    practice = house.practice()
    for step, actor in (
        (Step.IDENTIFY, house.writer),
        (Step.SELECT, house.editor),
        (Step.SUBMIT, house.writer),
        (Step.PUBLISH, house.editor),
        (Step.VALIDATE, SYSTEM),
    ):
        house.step(practice, step, actor)
    values = full(house.owner.id, project_id=house.project.id, city="Augsburg")
    services.edit(practice_id=practice.id, values=values, actor=house.writer, now=NOW)
    assert practice.state is State.VALIDATED
    values = replace(values, evidence=Texts(en="Quite other words"))
    services.edit(practice_id=practice.id, values=values, actor=house.writer, now=NOW)
    assert (practice.state, practice.is_published) == (State.PUBLISHED, True)
    assert [change.step for change in queries.changes_of(practice.id)][:2] == [Step.REWRITE, Step.VALIDATE]
    house.step(practice, Step.VALIDATE, SYSTEM)


def test_nothing_joins_a_project_past_its_editor(house: House) -> None:
    """What is written for no project is published by who writes it."""
    practice = house.practice()
    alone = full(house.owner.id, evidence=Texts())
    joined = replace(alone, project_id=house.project.id)
    services.edit(practice_id=practice.id, values=alone, actor=house.writer, now=NOW)
    services.publish(practice_id=practice.id, actor=house.writer, now=NOW)
    with pytest.raises(JoinsUnreviewed):
        services.edit(practice_id=practice.id, values=joined, actor=house.writer, now=NOW)
    house.step(practice, Step.RETIRE, house.writer)
    with pytest.raises(JoinsUnreviewed):
        services.edit(practice_id=practice.id, values=joined, actor=house.writer, now=NOW)
    house.step(practice, Step.REOPEN, house.writer)
    services.edit(practice_id=practice.id, values=joined, actor=house.writer, now=NOW)
    with pytest.raises(NotYourStep):
        services.publish(practice_id=practice.id, actor=house.writer, now=NOW)


def test_without_evidence_nothing_is_submitted(house: House) -> None:
    practice = house.practice(evidence=Texts(), did_not_work=True)
    house.step(practice, Step.IDENTIFY, house.writer)
    house.step(practice, Step.SELECT, house.editor)
    with pytest.raises(FormNotFilled) as refusal:
        house.step(practice, Step.SUBMIT, house.writer)
    assert [fault.part for fault in refusal.value.details["faults"]] == [Part.EVIDENCE]  # type: ignore[attr-defined]


def test_lengths_of_the_project_count_before_those_of_the_house(house: House) -> None:
    practice = house.practice(lessons=Texts(en="x" * 400))
    assert [fault.spare for fault in services.what_is_missing(practice)] == [100]
    services.set_lengths(project_id=None, lengths={Part.LESSONS: 390}, actor=SYSTEM)
    assert [fault.spare for fault in services.what_is_missing(practice)] == [10]
    services.set_lengths(project_id=house.project.id, lengths={Part.LESSONS: 500}, actor=house.editor)
    assert services.what_is_missing(practice) == []
    with pytest.raises(MayNotEdit):
        services.set_lengths(project_id=house.project.id, lengths={Part.LESSONS: 1000}, actor=house.writer)


def test_what_is_public_follows_the_state_in_every_step(house: House) -> None:
    practice = house.practice()
    way = "identify select submit publish take_back publish validate retire reopen"
    for name in way.split():
        step = Step(f"step_{name}")
        house.step(practice, step, SYSTEM)
        assert practice.is_published is (practice.state in PUBLIC)


def test_strangers_learn_nothing_of_what_is_not_published(house: House) -> None:
    practice = house.practice()
    stranger = make_manager(make_organisation("Elsewhere"), "stranger@filo.example")
    with pytest.raises(PracticeNotFound):
        house.step(practice, Step.IDENTIFY, stranger)


def test_a_withdrawn_author_leaves_the_organisation_only(house: House) -> None:
    practice = house.practice()
    person = make_person("Ada", "Esempio")
    values = AuthorInput(person_id=person.id, organisation_id=house.owner.id, agreed=False)
    author = services.add_author(practice_id=practice.id, values=values, actor=house.writer, now=NOW)
    seen = [author.is_named]
    agree = partial(services.agree, version=CONSENT_VERSION, language="en")
    for verb in (agree, services.withdraw, agree):
        verb(public_id=author.public_id, now=NOW)
        seen.append(author.is_named)
    assert seen == [False, True, False, True]
