from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registration import errors
from app.registration.rules import (
    LIVE,
    Door,
    Place,
    Seats,
    Verb,
    Window,
    may_write_again,
    moving_up,
    place_after,
    place_for,
    place_when_added,
    window,
)

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seats(**changes: Any) -> Seats:
    return Seats(**{"capacity": 2, "taken": 0, "waiting": 0, "has_waitlist": True} | changes)


def door(**changes: Any) -> Door:
    plain = {
        "status": "published",
        "audience": "public",
        "opens_at": None,
        "closes_at": None,
        "starts_at": NOON + 24 * HOUR,
        "ends_at": NOON + 28 * HOUR,
    }
    return Door(**plain | changes)


@pytest.mark.parametrize(
    ("the_door", "the_seats", "expected"),
    [
        (door(), seats(), Window.OPEN),
        (door(), seats(capacity=None, taken=9_999), Window.OPEN),
        (door(), seats(taken=2), Window.WAITLIST),
        (door(), seats(taken=1, waiting=1), Window.WAITLIST),
        (door(), seats(taken=2, has_waitlist=False), Window.FULL),
        (door(), seats(capacity=0, has_waitlist=False), Window.FULL),
        (door(opens_at=NOON + HOUR), seats(), Window.NOT_YET_OPEN),
        (door(opens_at=NOON), seats(), Window.OPEN),
        (door(closes_at=NOON), seats(), Window.CLOSED),
        (door(closes_at=NOON + HOUR), seats(), Window.OPEN),
        (door(starts_at=NOON), seats(), Window.CLOSED),
        (door(starts_at=NOON - HOUR, closes_at=NOON + HOUR), seats(), Window.OPEN),
        (door(ends_at=NOON), seats(), Window.PAST),
        (door(status="held"), seats(), Window.PAST),
        (door(status="archived"), seats(), Window.PAST),
        (door(status="draft"), seats(), Window.NOT_PUBLISHED),
        (door(status="postponed"), seats(), Window.POSTPONED),
        (door(status="called_off"), seats(taken=2), Window.CALLED_OFF),
        (door(audience="invited"), seats(), Window.BY_INVITATION),
        (door(audience="internal"), seats(), Window.INTERNAL),
    ],
)
def test_the_page_says_beforehand_what_the_verb_will_decide(the_door: Door, the_seats: Seats, expected: Window) -> None:
    assert window(the_door, the_seats, NOON) is expected
    places = {Window.OPEN: Place.CONFIRMED, Window.WAITLIST: Place.WAITLISTED}
    if expected in places:
        assert place_for(the_door, the_seats, NOON) is places[expected]
    else:
        with pytest.raises(errors.NotRegistrable):
            place_for(the_door, the_seats, NOON)


@pytest.mark.parametrize(
    ("verb", "place", "expected"),
    [
        (verb, place, after if place in before else None)
        for verb, before, after in (
            (Verb.PROMOTE, {Place.WAITLISTED}, Place.CONFIRMED),
            (Verb.PROMOTE_BY_HAND, {Place.WAITLISTED}, Place.CONFIRMED),
            (Verb.WITHDRAW, {Place.CONFIRMED, Place.WAITLISTED}, Place.WITHDRAWN),
            (Verb.REMOVE, {Place.CONFIRMED, Place.WAITLISTED}, Place.CANCELLED_BY_ORGANISER),
        )
        for place in Place
    ],
)
def test_every_cell_of_the_table_of_transitions(verb: Verb, place: Place, expected: Place | None) -> None:
    if expected:
        assert place_after(verb, place) is expected
    else:
        with pytest.raises(errors.WrongPlace):
            place_after(verb, place)


@pytest.mark.parametrize(
    ("the_seats", "expected"),
    [
        (seats(taken=2, waiting=5), 0),
        (seats(taken=1, waiting=5), 1),
        (seats(taken=0, waiting=1), 1),
        (seats(capacity=2, taken=4, waiting=5), 0),
        (seats(capacity=None, waiting=5), 5),
    ],
)
def test_as_many_move_up_as_seats_are_unclaimed(the_seats: Seats, expected: int) -> None:
    assert moving_up(the_seats) == expected


def test_whom_the_organiser_adds_waits_like_everybody() -> None:
    assert place_when_added(seats(taken=1)) is Place.CONFIRMED
    assert place_when_added(seats(taken=1, waiting=1)) is Place.WAITLISTED
    with pytest.raises(errors.EventFull):
        place_when_added(seats(taken=2, has_waitlist=False))


def test_an_address_gets_five_mails_a_day_from_strangers() -> None:
    assert [may_write_again(written) for written in (0, 4, 5, 6)] == [True, True, False, False]


@given(
    capacity=st.one_of(st.none(), st.integers(0, 4)),
    verbs=st.lists(st.tuples(st.sampled_from(["join", "leave", "capacity"]), st.integers(0, 8)), max_size=60),
)
def test_no_sequence_of_verbs_oversells_overtakes_or_leaves_a_seat_empty(
    capacity: int | None, verbs: list[tuple[str, int]]
) -> None:
    people: list[Place] = []
    highest = 0

    def now() -> Seats:
        return seats(capacity=capacity, taken=people.count(Place.CONFIRMED), waiting=people.count(Place.WAITLISTED))

    def promote() -> None:
        for _ in range(moving_up(now())):
            people[people.index(Place.WAITLISTED)] = Place.CONFIRMED

    for verb, number in verbs:
        if verb == "join":
            people.append(place_for(door(), now(), NOON))
        elif verb == "leave" and number < len(people) and people[number] in LIVE:
            people[number] = place_after(Verb.WITHDRAW, people[number])
            promote()
        elif verb == "capacity":
            capacity = number or None
            highest = 0
            promote()
        taken = people.count(Place.CONFIRMED)
        highest = max(highest, taken) if capacity is None or taken <= capacity else highest
        if capacity is not None and Place.WAITLISTED in people:
            assert taken >= capacity
        if Place.WAITLISTED in people and Place.CONFIRMED in people and verb == "join":
            assert people[-1] is Place.WAITLISTED
        if verb == "join" and people[-1] is Place.CONFIRMED and capacity is not None:
            assert taken <= capacity
