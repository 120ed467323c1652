"""Transition tables cell by cell; differences and merging as properties."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.texts import Texts
from app.plans import errors
from app.plans.rules import actions, consulting, differences, districts, merging, plans
from app.plans.rules.actions import ActionState as A
from app.plans.rules.actions import ActionStep as Act
from app.plans.rules.actions import Progress
from app.plans.rules.consulting import WindowState
from app.plans.rules.differences import ChapterMark, Mark
from app.plans.rules.districts import DistrictState as D
from app.plans.rules.districts import DistrictStep as Move
from app.plans.rules.districts import Milestone, Standing
from app.plans.rules.plans import Chapter, PlanOfGroup
from app.plans.rules.plans import PlanState as P
from app.plans.rules.plans import PlanStep as Step

TODAY = date(2027, 1, 13)
COMPLETE = Standing(
    countries=frozenset({"IT", "DE"}), was_consulted=True, is_adopted=True, actions=Progress(done=2, open=0)
)

PLAN_LEADS_TO = {
    (P.DRAFTING, Step.EDIT): P.DRAFTING,
    (P.DRAFTING, Step.PUBLISH): P.DRAFTING,
    (P.DRAFTING, Step.CONSULT): P.CONSULTATION,
    (P.DRAFTING, Step.ADOPT): P.ADOPTED,
    (P.CONSULTATION, Step.EDIT): P.CONSULTATION,
    (P.CONSULTATION, Step.CLOSE): P.DRAFTING,
    (P.CONSULTATION, Step.ADOPT): P.ADOPTED,
    (P.ADOPTED, Step.TAKE_UP): P.ADOPTED,
    (P.ADOPTED, Step.SUPERSEDE): P.SUPERSEDED,
}
ACTION_LEADS_TO = {
    (A.PLANNED, Act.START): A.UNDER_WAY,
    (A.PLANNED, Act.FINISH): A.DONE,
    (A.PLANNED, Act.DROP): A.DROPPED,
    (A.UNDER_WAY, Act.FINISH): A.DONE,
    (A.UNDER_WAY, Act.DROP): A.DROPPED,
    (A.DONE, Act.REOPEN): A.UNDER_WAY,
    (A.DROPPED, Act.REOPEN): A.PLANNED,
}
DISTRICT_LEADS_TO = {
    (D.FORMING, Move.AGREE): D.PLAN_AGREED,
    (D.FORMING, Move.REST): D.DORMANT,
    (D.PLAN_AGREED, Move.ESTABLISH): D.ESTABLISHED,
    (D.PLAN_AGREED, Move.REST): D.DORMANT,
    (D.ESTABLISHED, Move.REST): D.DORMANT,
    (D.DORMANT, Move.WAKE): D.PLAN_AGREED,  # of a group whose plan is adopted
}


@pytest.mark.parametrize(("state", "step"), [*product(P, Step)])
def test_every_step_of_a_plan(state: P, step: Step) -> None:
    if (state, step) in PLAN_LEADS_TO:
        assert plans.after(state, step) is PLAN_LEADS_TO[state, step]
    else:
        with pytest.raises(errors.StepNotPossible):
            plans.after(state, step)


@pytest.mark.parametrize(("state", "step"), [*product(A, Act)])
def test_every_step_of_an_action(state: A, step: Act) -> None:
    assert (step in actions.possible(state)) is ((state, step) in ACTION_LEADS_TO)
    if (state, step) in ACTION_LEADS_TO:
        assert actions.after(state, step) is ACTION_LEADS_TO[state, step]
    else:
        with pytest.raises(errors.StepNotPossible):
            actions.after(state, step)


@pytest.mark.parametrize(("state", "step"), [*product(D, Move)])
def test_every_step_of_a_meta_district(state: D, step: Move) -> None:
    if (state, step) in DISTRICT_LEADS_TO:
        assert districts.after(state, step, COMPLETE) is DISTRICT_LEADS_TO[state, step]
    else:
        with pytest.raises(errors.StepNotPossible):
            districts.after(state, step, COMPLETE)


def test_a_district_that_rested_forms_anew_without_a_plan() -> None:
    assert districts.after(D.DORMANT, Move.WAKE, Standing()) is D.FORMING


@pytest.mark.parametrize(
    ("lacking", "standing"),
    [
        (Milestone.MEMBERS, Standing(countries=frozenset({"IT"}), was_consulted=True, is_adopted=True)),
        (Milestone.CONSULTED, Standing(countries=frozenset({"IT", "DE"}), is_adopted=True)),
        (Milestone.AGREED, Standing(countries=frozenset({"IT", "DE"}), was_consulted=True)),
        (Milestone.ACTIONS, Standing(actions=Progress(done=3, open=1))),
        (Milestone.ACTIONS, Standing(actions=Progress(done=0, open=0))),
    ],
)
def test_a_district_lacks_what_it_lacks(lacking: Milestone, standing: Standing) -> None:
    assert lacking in districts.missing(standing)
    with pytest.raises(errors.MilestonesMissing):
        districts.after(D.PLAN_AGREED, Move.ESTABLISH, standing)
    assert not districts.proposes_established(D.PLAN_AGREED, standing)


def test_established_is_proposed_once() -> None:
    assert districts.proposes_established(D.PLAN_AGREED, COMPLETE)
    assert not districts.proposes_established(D.ESTABLISHED, COMPLETE)


@pytest.mark.parametrize(
    ("countries", "has_version", "adopters", "on", "refusal"),
    [
        ({"IT", "DE"}, True, 1, TODAY, None),
        ({"IT"}, True, 1, TODAY, errors.NotJoint),
        (set(), True, 1, TODAY, errors.NotJoint),
        ({"IT", "DE"}, False, 1, TODAY, errors.NothingPublished),
        ({"IT", "DE"}, True, 0, TODAY, errors.NobodyAdopts),
        ({"IT", "DE"}, True, 1, TODAY + timedelta(days=1), errors.AdoptedInFuture),
    ],
)
def test_a_plan_is_adopted_by_somebody_and_drafted_by_two_countries(
    countries: set[str], has_version: bool, adopters: int, on: date, refusal: type[Exception] | None
) -> None:
    def decide() -> None:
        plans.check_adoption(countries, has_version=has_version, adopters=adopters, on=on, today=TODAY)

    if refusal is None:
        decide()
    else:
        with pytest.raises(refusal):
            decide()


@given(
    st.lists(
        st.builds(
            PlanOfGroup,
            group_id=st.integers(1, 4),
            countries=st.frozensets(st.sampled_from(["IT", "DE", "SK"])),
            uptakes=st.integers(0, 2),
        )
    )
)
def test_never_more_are_taken_up_than_were_developed(found: list[PlanOfGroup]) -> None:
    counted = plans.joint_plans(found)
    assert 0 <= counted.taken_up <= counted.developed <= len({one.group_id for one in found})


def test_an_action_is_overdue_from_the_day_after_and_never_once_settled() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert not actions.is_overdue(A.PLANNED, TODAY, TODAY)
    assert actions.is_overdue(A.UNDER_WAY, yesterday, TODAY)
    assert not actions.is_overdue(A.DONE, yesterday, TODAY)
    counted = actions.progress([(A.PLANNED, yesterday), (A.DONE, yesterday), (A.DROPPED, yesterday)], TODAY)
    assert (counted.done, counted.open, counted.overdue, counted.total) == (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("note", "title"), [("\n A lab \nmore", "A lab"), ("word " * 60, f"{'word ' * 38}word…"), ("", "")]
)
def test_a_note_gives_a_first_title(note: str, title: str) -> None:
    assert actions.title_of(note) == title


@pytest.mark.parametrize(
    ("first", "last", "is_closed", "state"),
    [
        (0, 0, False, WindowState.OPEN),
        (1, 5, False, WindowState.COMING),
        (-5, -1, False, WindowState.OVER),
        (-1, 5, True, WindowState.OVER),
    ],
)
def test_both_days_belong_to_the_window(first: int, last: int, is_closed: bool, state: WindowState) -> None:
    opens, closes = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    assert consulting.window_state(opens, closes, is_closed=is_closed, today=TODAY) is state


def test_a_window_neither_turns_round_nor_lasts_for_ever() -> None:
    with pytest.raises(errors.WindowTurnedRound):
        consulting.check_window(TODAY, TODAY - timedelta(days=1), TODAY)
    with pytest.raises(errors.WindowPast):
        consulting.check_window(TODAY - timedelta(days=9), TODAY - timedelta(days=1), TODAY)
    consulting.check_window(TODAY - timedelta(days=9), TODAY, TODAY)
    with pytest.raises(errors.WindowTooLong):
        consulting.check_window(TODAY, TODAY + timedelta(days=367), TODAY)


def test_silent_countries_come_first() -> None:
    found = consulting.answers(["IT", "IT", "DE", "SK"], ["DE", "HU"])
    assert [(one.country, one.asked, one.comments) for one in found] == [
        ("IT", 2, 0),
        ("SK", 1, 0),
        ("DE", 1, 1),
        ("HU", 0, 1),
    ]


TEXTS = st.text(alphabet="ab .\n", max_size=60)


@given(TEXTS, TEXTS)
def test_differences_hold_both_texts(old: str, new: str) -> None:
    spans = [span for one in differences.compare(old, new) for span in one.spans]
    assert "".join(one.text for one in spans if one.mark is not Mark.ADDED) == old
    assert "".join(one.text for one in spans if one.mark is not Mark.REMOVED) == new


def test_differences_are_words_and_not_lines() -> None:
    (one,) = differences.compare("Two visits each year.", "Two study visits, each year.")
    assert [(span.mark, span.text) for span in one.spans] == [
        (Mark.SAME, "Two"),
        (Mark.ADDED, " study"),
        (Mark.SAME, " visits"),
        (Mark.ADDED, ","),
        (Mark.SAME, " each year."),
    ]


def test_chapters_are_new_gone_changed_or_the_same() -> None:
    old = [Chapter("a", Texts(en="A"), Texts(en="x")), Chapter("b", Texts(en="B"), Texts()), _named("c")]
    new = [_named("c"), Chapter("a", Texts(en="A"), Texts(en="x", it="y")), _named("d")]
    found = {one.key: one for one in differences.chapters(old, new, "it")}
    assert {key: one.mark for key, one in found.items()} == {
        "a": ChapterMark.CHANGED,
        "b": ChapterMark.GONE,
        "c": ChapterMark.SAME,
        "d": ChapterMark.NEW,
    }
    assert (found["a"].languages, found["a"].language) == (("it",), "en")


def _named(key: str) -> Chapter:
    return Chapter(key, Texts(en=key), Texts(en=key))


LINES = st.lists(st.sampled_from(["one\n", "two\n", "three\n", "four\n"]), max_size=6).map("".join)


@given(LINES, LINES)
def test_who_changes_nothing_stands_in_nobodys_way(base: str, new: str) -> None:
    assert merging.merge(base, new, base) == new
    assert merging.merge(base, base, new) == new
    assert merging.merge(base, new, new) == new


@given(LINES, st.text("xy", min_size=1, max_size=3), st.text("xy", min_size=1, max_size=3))
@settings(max_examples=60)
def test_what_two_write_at_both_ends_is_both_kept(middle: str, first: str, last: str) -> None:
    base = f"start\n{middle}middle\nend\n"
    mine, theirs = f"{first}\n{base}", f"{base}{last}\n"
    assert merging.merge(base, mine, theirs) == f"{first}\n{base}{last}\n"


def test_the_same_line_twice_is_a_conflict() -> None:
    assert merging.merge("a\nb\n", "a\nmine\n", "a\ntheirs\n") is None
    assert merging.merge_texts(Texts(en="a"), Texts(en="a", it="i"), Texts(en="b")) == Texts(en="b", it="i")
    assert merging.merge_texts(Texts(en="a"), Texts(en="b"), Texts(en="c")) is None
