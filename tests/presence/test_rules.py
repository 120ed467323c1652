"""Where somebody stands follows from what was noted, never from the order in which it came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.presence.errors import LinkExpired, LinkNotYetValid, LinkRevoked
from app.presence.rules import (
    LATEST_DELIVERY,
    Answer,
    Here,
    Known,
    Mark,
    ScanKind,
    Standing,
    State,
    Validity,
    check_delivery,
    check_open,
    count,
    judge,
    noted_at,
    span_of_day,
    standing_of,
    states,
    was_valid,
)
from app.registration.rules import Place

NOON = datetime(2027, 3, 18, 12, tzinfo=UTC)
IN, OUT, UNDO = ScanKind.IN, ScanKind.OUT, ScanKind.UNDO
HALL, LAB, MEAL = 1, 2, 3
ROOMS = {HALL: 1, LAB: 1}
ADA = 7


def mark(name: str, kind: ScanKind, minute: int, *, at_list: int = HALL, undoes: str | None = None) -> Mark:
    at = NOON + timedelta(minutes=minute)
    return Mark(id=name, list_id=at_list, registration_id=ADA, kind=kind, at=at, undoes=undoes)


@pytest.mark.parametrize(
    ("marks", "hall", "lab"),
    [
        ([], None, None),
        ([mark("a", IN, 0)], State.INSIDE, None),
        ([mark("a", IN, 0), mark("b", OUT, 5)], State.LEFT, None),
        ([mark("a", IN, 0), mark("b", OUT, 5), mark("c", IN, 9)], State.INSIDE, None),
        ([mark("b", OUT, 5), mark("a", IN, 0)], State.LEFT, None),
        ([mark("a", IN, 0), mark("z", UNDO, 1, undoes="a")], None, None),
        ([mark("a", IN, 0), mark("b", OUT, 5), mark("z", UNDO, 6, undoes="b")], State.INSIDE, None),
        ([mark("z", UNDO, 1, undoes="never arrived")], None, None),
        ([mark("a", IN, 0), mark("b", OUT, 0)], State.LEFT, None),  # equal times: the greater id
        ([mark("b", IN, 0), mark("a", OUT, 0)], State.INSIDE, None),
        ([mark("a", IN, 0), mark("b", IN, 5, at_list=LAB)], State.LEFT, State.INSIDE),
        ([mark("a", IN, 0), mark("b", IN, 5, at_list=LAB), mark("c", IN, 9)], State.INSIDE, State.LEFT),
        ([mark("a", IN, 0), mark("b", IN, 5, at_list=LAB), mark("z", UNDO, 6, undoes="b")], State.INSIDE, None),
        ([mark("a", IN, 0), mark("b", IN, 5, at_list=MEAL)], State.INSIDE, None),
    ],
)
def test_where_somebody_stands(marks: list[Mark], hall: State | None, lab: State | None) -> None:
    """Demand 7 (several lists, in and out) and demand 9 (entering B leaves A)."""
    found = states(marks, ROOMS)
    shown = {list_id: here.state for (_person, list_id), here in found.items()}
    assert (shown.get(HALL), shown.get(LAB)) == (hall, lab)


def test_who_comes_along_comes_and_goes_alone() -> None:
    guest = replace(mark("b", IN, 1), companion_id=5)
    found = states([mark("a", IN, 0), guest, mark("c", OUT, 2)], ROOMS)
    assert {who: here.state for (who, _list), here in found.items()} == {
        (ADA, None): State.LEFT,
        (ADA, 5): State.INSIDE,
    }


_ids = st.sampled_from("abcdefghij")
_marks = st.lists(
    st.builds(
        Mark,
        id=_ids,
        list_id=st.sampled_from([HALL, LAB, MEAL]),
        registration_id=st.sampled_from([ADA, 8]),
        companion_id=st.sampled_from([None, 1]),
        kind=st.sampled_from(ScanKind),
        at=st.integers(0, 3).map(lambda minute: NOON + timedelta(minutes=minute)),
        undoes=_ids,
    ),
    unique_by=lambda one: one.id,
    max_size=10,
)


@given(_marks, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_of_what_phones_deliver_end_with_one_truth(
    marks: list[Mark], chance: Random
) -> None:
    again = marks + chance.sample(marks, len(marks) // 2)
    chance.shuffle(again)
    assert states(again, ROOMS) == states(marks, ROOMS)


HERE = Here(State.INSIDE, NOON, "a")


@pytest.mark.parametrize(
    ("here", "by_hand", "is_walk_in", "counts"),
    [
        (None, None, False, Standing.EXPECTED),
        (HERE, None, False, Standing.PRESENT),
        (HERE, None, True, Standing.WALK_IN),
        (None, Standing.EXCUSED, False, Standing.EXCUSED),
        (HERE, Standing.ABSENT, False, Standing.ABSENT),
        (None, Standing.PRESENT, False, Standing.PRESENT),
    ],
)
def test_what_the_organiser_says_counts_more(
    here: Here | None, by_hand: Standing | None, is_walk_in: bool, counts: Standing
) -> None:
    """Demand 5: present, absent, excused, and who walked in."""
    assert standing_of(here, by_hand, is_walk_in=is_walk_in) is counts


def known(place: Place, event_id: int = 1) -> Known:
    return Known(registration_id=ADA, event_id=event_id, place=place)


@pytest.mark.parametrize(
    ("one", "kind", "expected", "answer"),
    [
        (None, IN, None, Answer.UNKNOWN),
        (known(Place.CONFIRMED, 2), IN, None, Answer.OTHER_EVENT),
        (known(Place.CONFIRMED), IN, None, Answer.DONE),
        (known(Place.CONFIRMED), IN, {ADA}, Answer.DONE),
        (known(Place.CONFIRMED), IN, {8}, Answer.NOT_EXPECTED),
        *((known(place), IN, None, Answer.NO_PLACE) for place in (Place.PENDING, Place.WAITLISTED, Place.OFFERED)),
        *(
            (known(place), IN, None, Answer.WITHDRAWN)
            for place in (Place.WITHDRAWN, Place.REJECTED, Place.OFFER_EXPIRED, Place.CANCELLED_BY_ORGANISER)
        ),
        (known(Place.WITHDRAWN), OUT, None, Answer.DONE),
        (known(Place.WITHDRAWN), UNDO, {8}, Answer.DONE),
    ],
)
def test_what_a_scan_is_answered(one: Known | None, kind: ScanKind, expected: set[int] | None, answer: Answer) -> None:
    assert judge(one, kind, event_id=1, expected=expected) is answer


def test_a_clock_that_is_ahead_has_not_the_last_word() -> None:
    assert noted_at(NOON + timedelta(hours=9), NOON) == NOON
    assert noted_at(NOON - timedelta(hours=9), NOON) == NOON - timedelta(hours=9)


def test_the_figures_of_a_list() -> None:
    left = Here(State.LEFT, NOON, "a")
    figures = count(
        [
            (Standing.EXPECTED, None, True, False),
            (Standing.PRESENT, HERE, True, False),
            (Standing.PRESENT, HERE, True, True),
            (Standing.EXPECTED, None, True, True),
            (Standing.PRESENT, left, True, False),
            (Standing.WALK_IN, HERE, True, False),
            (Standing.EXCUSED, None, True, False),
            (Standing.ABSENT, HERE, True, False),
            (Standing.PRESENT, left, False, False),
        ]
    )
    assert (figures.expected, figures.present, figures.inside, figures.left) == (6, 4, 2, 2)
    assert (figures.expected_heads, figures.present_heads, figures.has_companions) == (8, 5, True)
    assert (figures.walk_ins, figures.excused, figures.absent) == (1, 1, 1)


BEGINS, ENDS = span_of_day(date(2027, 3, 28), 1, "Europe/Rome")  # the clocks go forward


def test_a_day_is_as_long_as_it_is_there() -> None:
    assert timedelta(hours=23) == ENDS - BEGINS


@pytest.mark.parametrize(
    ("now", "is_revoked", "opens", "takes"),
    [
        (BEGINS - timedelta(seconds=1), False, LinkNotYetValid, LinkNotYetValid),
        (BEGINS, False, None, None),
        (ENDS, False, LinkExpired, None),
        (ENDS + LATEST_DELIVERY, False, LinkExpired, LinkExpired),
        (BEGINS, True, LinkRevoked, LinkRevoked),
    ],
)
def test_a_link_opens_on_its_day_and_takes_what_was_noted_then(
    now: datetime, is_revoked: bool, opens: type[Exception] | None, takes: type[Exception] | None
) -> None:
    link = Validity(valid_from=BEGINS, valid_until=ENDS, revoked_at=BEGINS if is_revoked else None)
    for check, refusal in ((check_open, opens), (check_delivery, takes)):
        if refusal is None:
            check(link, now)
        else:
            with pytest.raises(refusal):
                check(link, now)
    assert was_valid(link, BEGINS)
    assert not was_valid(link, ENDS)
