"""What organisers do with questions, and what stays of them for those who answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.events import services as events
from app.events.errors import EventNotFound, MayNotManage, NoLongerEdited
from app.events.rules import Part, Status
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM
from app.questions import answered as keepers
from app.questions import errors, queries, services
from app.questions.models import Question, QuestionForm
from app.questions.permissions import may_read
from app.questions.ready import READY, ready_for
from app.questions.rules import Choice, FormInput, Kind, Purpose, QuestionInput, Readers, check_question
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("database")
SIZES = (Choice(code="", label=Texts(en="Small")), Choice(code="", label=Texts(en="Large"), seats=3))
Answer = Callable[..., None]


@pytest.fixture
def answer() -> Iterator[Answer]:
    """Say that a question has answers, as a room that keeps some does."""
    given: dict[int, frozenset[str]] = {}

    def knows(question_ids: Collection[int]) -> dict[int, frozenset[str]]:
        return {one: given[one] for one in question_ids if one in given}

    keepers.register_answers(knows)
    yield lambda question_id, *codes: given.update({question_id: frozenset(codes)})
    keepers._knowers.remove(knows)


def make_form(event_id: int, purpose: Purpose = Purpose.JOINING, **changes: Any) -> int:
    values = FormInput(purpose=purpose, title=Texts(en="Before you come"), **changes)
    return services.add_form(event_id=event_id, values=values, actor=SYSTEM, now=NOW)


def coat(**changes: Any) -> QuestionInput:
    plain: dict[str, Any] = {"kind": Kind.CHOICE, "label": Texts(en="Size of your coat"), "choices": SIZES}
    return QuestionInput(**plain | changes)


def add(event_id: int, form_id: int, **changes: Any) -> int:
    return services.add_question(event_id=event_id, form_id=form_id, values=coat(**changes), actor=SYSTEM, now=NOW)


def edit(event_id: int, question_id: int, values: QuestionInput, **changes: Any) -> None:
    revision = queries.question(event_id, question_id).revision
    plain: dict[str, Any] = {"revision": revision, "actor": SYSTEM, "now": NOW}
    services.edit_question(event_id=event_id, question_id=question_id, values=values, **plain | changes)


def labels(event_id: int, form_id: int) -> list[str]:
    return [str(one.label.wording("en")) for one in queries.form(event_id, form_id).asked]


def test_a_form_with_its_questions_is_read_in_two_queries() -> None:
    event = make_event()
    for _ in range(2):
        form_id = make_form(event.id)
        for number in range(3):
            add(event.id, form_id, label=Texts(en=f"Question {number}"))
    make_form(event.id, Purpose.FEEDBACK)
    event_id = event.id
    db.session.expire_all()
    with counted_queries() as statements:
        forms = queries.forms_of(event_id, Purpose.JOINING)
        asked = [form.asked for form in forms]
    assert len(statements) == 2
    assert [[one.code for one in each] for each in asked] == [["question_0", "question_1", "question_2"]] * 2


def test_choices_get_codes_that_stay() -> None:
    event = make_event()
    question_id = add(event.id, make_form(event.id))
    given = queries.question(event.id, question_id).choices
    assert [choice.code for choice in given] == ["small", "large"]
    renamed = (Choice(code="small", label=Texts(en="Little")), *given[1:], Choice(code="", label=Texts(en="Small")))
    edit(event.id, question_id, coat(choices=renamed))
    db.session.expire_all()
    now = queries.question(event.id, question_id).choices
    assert [(choice.code, str(choice.label.wording("en"))) for choice in now] == [
        ("small", "Little"),
        ("large", "Large"),
        ("small_2", "Small"),
    ]


def test_a_consent_can_be_shown_in_the_words_in_which_it_was_given() -> None:
    event = make_event()
    why = Texts(en="For the report")
    consent = QuestionInput(kind=Kind.CONSENT, label=Texts(en="You may publish photos"), purpose=why)
    form_id = make_form(event.id)
    question_id = services.add_question(event_id=event.id, form_id=form_id, values=consent, actor=SYSTEM, now=NOW)
    other = QuestionInput(kind=Kind.CONSENT, label=Texts(en="You may publish photos and films"), purpose=why)
    edit(event.id, question_id, other)
    edit(event.id, question_id, other)
    assert queries.question(event.id, question_id).wording_version == 2
    wordings = [queries.wording(question_id, version) for version in (1, 2, 3)]
    assert [one and str(one.label.wording("en")) for one in wordings] == [
        "You may publish photos",
        "You may publish photos and films",
        None,
    ]


def test_a_question_with_answers_is_retired_and_can_come_back(answer: Answer) -> None:
    event = make_event()
    form_id = make_form(event.id)
    kept, gone, other = (add(event.id, form_id, label=Texts(en=name)) for name in ("Kept", "Gone", "Other"))
    answer(kept, "small")
    assert services.retire_question(event_id=event.id, question_id=kept, actor=SYSTEM, now=NOW)
    assert not services.retire_question(event_id=event.id, question_id=gone, actor=SYSTEM, now=NOW)
    assert labels(event.id, form_id) == ["Other"]
    assert queries.questions_by_id([kept, gone, other]).keys() == {kept, other}
    services.bring_back(event_id=event.id, question_id=kept, actor=SYSTEM, now=NOW)
    db.session.expire_all()
    assert labels(event.id, form_id) == ["Other", "Kept"]


def test_what_was_answered_cannot_be_changed_away(answer: Answer) -> None:
    event = make_event()
    form_id = make_form(event.id)
    question_id = add(event.id, form_id)
    small, large = queries.question(event.id, question_id).choices
    answer(question_id, "small")
    edit(event.id, question_id, coat(label=Texts(en="Coat"), choices=(small, Choice(code="", label=Texts(en="Huge")))))
    with pytest.raises(errors.ChoiceKept):
        edit(event.id, question_id, coat(choices=(large, Choice(code="", label=Texts(en="Huge")))))
    with pytest.raises(errors.KindKept):
        edit(event.id, question_id, coat(kind=Kind.NUMBER))
    with pytest.raises(errors.AnsweredAlready):
        services.remove_form(event_id=event.id, form_id=form_id, actor=SYSTEM, now=NOW)


def test_questions_move_up_and_down_and_stay_at_the_ends() -> None:
    event = make_event()
    form_id = make_form(event.id)
    first, second, third = (add(event.id, form_id, label=Texts(en=name)) for name in ("1", "2", "3"))
    for question_id, up in ((third, True), (third, True), (third, True), (first, False), (second, True)):
        services.move_question(event_id=event.id, question_id=question_id, up=up, actor=SYSTEM, now=NOW)
        db.session.expire_all()
    assert labels(event.id, form_id) == ["2", "3", "1"]


def test_two_who_edit_at_once_do_not_overwrite_each_other() -> None:
    event = make_event()
    form_id = make_form(event.id)
    question_id = add(event.id, form_id)
    edit(event.id, question_id, coat(required=True), revision=1)
    with pytest.raises(errors.EditedMeanwhile):
        edit(event.id, question_id, coat(), revision=1)
    values = FormInput(purpose=Purpose.FOLLOW_UP, title=Texts(en="Later"))
    plain: dict[str, Any] = {"event_id": event.id, "form_id": form_id, "values": values, "actor": SYSTEM, "now": NOW}
    services.edit_form(**plain, revision=1)
    with pytest.raises(errors.EditedMeanwhile):
        services.edit_form(**plain, revision=1)


def test_a_form_that_rates_cannot_be_asked_with_the_registration() -> None:
    event = make_event()
    form_id = make_form(event.id, Purpose.FEEDBACK)
    services.add_ready(event_id=event.id, form_id=form_id, ready="how_it_was", actor=SYSTEM, now=NOW)
    values = FormInput(purpose=Purpose.JOINING, title=Texts(en="Joining"))
    with pytest.raises(errors.WrongKindHere):
        services.edit_form(event_id=event.id, form_id=form_id, values=values, revision=1, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("key", READY)
def test_ready_questions_can_be_put_as_they_are_and_speak_all_languages(key: str) -> None:
    ready = READY[key]
    for purpose in ready.purposes:
        assert key in ready_for(purpose)
        for question in ready.questions:
            check_question(question, purpose=purpose, is_anonymous=False)
            texts = [question.label, question.help, question.purpose, *(one.label for one in question.choices)]
            assert {frozenset(text) for text in texts if text} == {frozenset({"en", "it", "de"})}
            assert purpose is Purpose.FEEDBACK or question.purpose
    event = make_event()
    form_id = make_form(event.id, min(ready.purposes))
    for _ in range(2):
        services.add_ready(event_id=event.id, form_id=form_id, ready=key, actor=SYSTEM, now=NOW)
    assert len(queries.form(event.id, form_id).asked) == 2 * len(ready.questions)


def test_only_those_who_manage_the_event_make_questions() -> None:
    event, archived = make_event(), make_event(status=Status.ARCHIVED)
    draft = make_event(status=Status.DRAFT)
    form_id = make_form(event.id)
    stranger = make_manager(make_organisation("Other"), "other@filo.example")
    values = FormInput(purpose=Purpose.JOINING, title=Texts(en="Mine"))
    for actor in (ANYBODY, stranger):
        with pytest.raises(MayNotManage):
            services.add_form(event_id=event.id, values=values, actor=actor, now=NOW)
        with pytest.raises(MayNotManage):
            services.add_question(event_id=event.id, form_id=form_id, values=coat(), actor=actor, now=NOW)
        with pytest.raises(EventNotFound):
            services.add_form(event_id=draft.id, values=values, actor=actor, now=NOW)
    with pytest.raises(NoLongerEdited):
        services.add_form(event_id=archived.id, values=values, actor=SYSTEM, now=NOW)
    with pytest.raises(errors.FormNotFound):
        services.add_question(event_id=draft.id, form_id=form_id, values=coat(), actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("readers", "who"),
    [
        (Readers.ORGANISERS, {"organiser"}),
        (Readers.ORGANISERS_AND_HOST, {"organiser", "host"}),
        (Readers.EVERYBODY_MANAGING, {"organiser", "host", "partner"}),
    ],
)
def test_answers_are_read_by_those_whom_the_question_names(readers: Readers, who: set[str]) -> None:
    """demand 4"""
    organisations = {name: make_organisation(name) for name in ("organiser", "host", "partner", "stranger")}
    ids = {name: frozenset({one.id}) for name, one in organisations.items()}
    readable = {
        name
        for name, organisation in organisations.items()
        if may_read(
            make_manager(organisation, f"{name}@filo.example"),
            readers,
            organising_ids=ids["organiser"],
            host_ids=ids["host"],
            partaking_ids=ids["partner"],
        )
    }
    assert readable == who


def test_a_copy_of_an_event_asks_the_same_and_its_deadlines_move_along(answer: Answer) -> None:
    event = make_event(starts_at=datetime(2027, 2, 10, 8, tzinfo=UTC))
    deadline = datetime(2027, 2, 3, 17, tzinfo=UTC)
    form_id = make_form(event.id, Purpose.FOLLOW_UP, closes_at=deadline, remind_days_before=2)
    kept, retired = (add(event.id, form_id, label=Texts(en=name)) for name in ("Kept", "Retired"))
    answer(retired)
    services.retire_question(event_id=event.id, question_id=retired, actor=SYSTEM, now=NOW)
    edit(event.id, kept, coat(label=Texts(en="Kept on"), required=True))
    copy_id = events.copy(
        event.id, starts_on=date(2027, 6, 9), parts=frozenset({Part.QUESTIONS}), actor=SYSTEM, now=NOW
    )
    db.session.expire_all()
    (copied,) = queries.forms_of(copy_id)
    assert (copied.purpose, copied.closes_at, copied.remind_days_before) == (
        Purpose.FOLLOW_UP,
        datetime(2027, 6, 2, 16, tzinfo=UTC),
        2,
    )
    (question,) = copied.asked
    assert (str(question.label.wording("en")), question.required, question.wording_version) == ("Kept on", True, 1)
    assert queries.wording(question.id, 1)
    assert len(queries.forms_of(event.id)) == 1


def test_forms_whose_reminder_comes_near_are_found() -> None:
    event = make_event()
    soon = make_form(event.id, Purpose.FOLLOW_UP, closes_at=NOW + timedelta(days=3), remind_days_before=2)
    make_form(event.id, Purpose.FOLLOW_UP, closes_at=NOW + timedelta(days=3))
    make_form(event.id, Purpose.FOLLOW_UP, closes_at=NOW - timedelta(days=3), remind_days_before=2)
    assert [form.id for form in queries.forms_to_remind(NOW, NOW + timedelta(days=60))] == [soon]


def test_a_draft_that_is_deleted_takes_its_questions_along(app: Flask, database: Session) -> None:
    event = make_event(status=Status.DRAFT)
    add(event.id, make_form(event.id))
    events.delete_draft(event.id, actor=SYSTEM, now=NOW)
    assert (database.query(QuestionForm).count(), database.query(Question).count()) == (0, 0)
