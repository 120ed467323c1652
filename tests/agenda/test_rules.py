"""What cannot be in an agenda, and what somebody should know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agenda import rules
from app.agenda.checks import findings
from app.agenda.errors import NotAClockTime
from app.agenda.rules import ItemKind, Part, Slot, Span, Trouble
from app.kernel.dates import NoSuchTime

ROUGH = Span(zone="Europe/Rome")
EXACT = Span(
    zone="Europe/Rome",
    starts_at=datetime(2027, 3, 18, 8, 0, tzinfo=UTC),  # 09:00 there
    ends_at=datetime(2027, 3, 19, 16, 0, tzinfo=UTC),  # 17:00 there
)


def slot(start: str, end: str, day: int = 0, zone: str | None = None) -> Slot:
    return Slot(day=day, start_minute=rules.parse_clock(start), end_minute=rules.parse_clock(end), zone=zone)


def part(id: int, start: str, end: str, *, day: int = 0, zone: str | None = None, **facts: Any) -> Part:
    kind = facts.pop("kind", ItemKind.WORKING_TABLE)
    return Part(id=id, slot=slot(start, end, day, zone), kind=kind, **facts)


def troubles(*parts: Part, span: Span = EXACT, group_size: int | None = None) -> list[tuple[int, Trouble]]:
    return [(found.item_id, found.trouble) for found in findings(parts, span, group_size=group_size)]


COACH = {"kind": ItemKind.TRANSFER, "is_leg": True}
VISIT = {"kind": ItemKind.SITE_VISIT, "is_stop": True}
CASES: dict[str, tuple[list[Part], list[tuple[int, Trouble]]]] = {
    "two items one after the other": ([part(1, "09:00", "10:00"), part(2, "10:00", "11:00")], []),
    "before the event": ([part(1, "08:59", "10:00")], [(1, Trouble.OUTSIDE_EVENT)]),
    "after the event": ([part(1, "16:00", "17:01", day=1)], [(1, Trouble.OUTSIDE_EVENT)]),
    "on a day that the event has not": ([part(1, "10:00", "11:00", day=2)], [(1, Trouble.OUTSIDE_EVENT)]),
    "no duration": ([part(1, "10:00", "10:00")], [(1, Trouble.ENDS_BEFORE_START)]),
    "a leg into the past": ([part(1, "10:00", "09:30", **COACH)], [(1, Trouble.ARRIVES_BEFORE_DEPARTING)]),
    "one room at once": (
        [part(1, "10:00", "11:00", room_id=7), part(2, "10:59", "11:30", room_id=7)],
        [(2, Trouble.ROOM_TAKEN)],
    ),
    "one room by another zone's clock": (
        [part(1, "10:00", "11:00", room_id=7), part(2, "09:30", "10:00", zone="Europe/London", room_id=7)],
        [(2, Trouble.ROOM_TAKEN)],
    ),
    "two rooms at once": ([part(1, "10:00", "11:00", room_id=7), part(2, "10:00", "11:00", room_id=8)], []),
    "fewer seats than people signed up": (
        [part(1, "10:00", "11:00", room_id=7, room_seats=2, signed_up=frozenset({4, 5, 6}))],
        [(1, Trouble.SEATS_SHORT)],
    ),
    "people who signed up for both": (
        [part(1, "10:00", "11:00", signed_up=frozenset({4, 5})), part(2, "10:30", "12:00", signed_up=frozenset({5}))],
        [(2, Trouble.SIGNED_UP_TWICE)],
    ),
    "people who signed up for one after the other": (
        [part(1, "10:00", "11:00", signed_up=frozenset({4})), part(2, "11:00", "12:00", signed_up=frozenset({4}))],
        [],
    ),
    "one person at once": (
        [part(1, "10:00", "11:00", people=frozenset({5})), part(2, "10:30", "11:30", people=frozenset({5, 6}))],
        [(2, Trouble.PERSON_TWICE)],
    ),
    "one person, two rooms, no time between": (
        [
            part(1, "10:00", "11:00", room_id=7, people=frozenset({5})),
            part(2, "11:04", "12:00", room_id=8, people=frozenset({5})),
        ],
        [(2, Trouble.SHORT_CHANGEOVER)],
    ),
    "one person, two rooms, time enough": (
        [
            part(1, "10:00", "11:00", room_id=7, people=frozenset({5})),
            part(2, "11:05", "12:00", room_id=8, people=frozenset({5})),
        ],
        [],
    ),
    "a room is used again at once where no time has to be left": (
        [part(1, "10:00", "11:00", room_id=7), part(2, "11:00", "12:00", room_id=7)],
        [],
    ),
    "more people than chairs": (
        [part(1, "10:00", "11:00", room_id=7, room_seats=12, capacity=13)],
        [(1, Trouble.ROOM_TOO_SMALL)],
    ),
    "nine minutes after the coach": (
        [part(1, "09:00", "09:20", **COACH), part(2, "09:29", "10:00", **VISIT)],
        [(1, Trouble.LITTLE_SLACK)],
    ),
    "ten minutes after the coach": ([part(1, "09:00", "09:20", **COACH), part(2, "09:30", "10:00", **VISIT)], []),
    "nothing takes the group there": (
        [part(1, "09:00", "10:00", venue_id=1, **VISIT), part(2, "10:30", "11:00", venue_id=2, **VISIT)],
        [(2, Trouble.NO_WAY_BETWEEN)],
    ),
    "a plant that admits eight": ([part(1, "09:00", "10:00", group_limit=8, **VISIT)], [(1, Trouble.GROUP_TOO_LARGE)]),
    "a table beside the welcome": (
        [part(1, "09:00", "10:00", kind=ItemKind.WELCOME), part(2, "09:30", "10:30")],
        [(2, Trouble.PLENARY_OVERLAPPED)],
    ),
    "three hours and a minute without a pause": (
        [part(1, "09:00", "10:30"), part(2, "10:30", "12:01")],
        [(2, Trouble.NO_PAUSE)],
    ),
    "three hours with coffee": (
        [part(1, "09:00", "10:30"), part(2, "10:30", "10:45", kind=ItemKind.BREAK), part(3, "10:45", "13:00")],
        [],
    ),
    "a quarter of an hour of nothing is a pause": ([part(1, "09:00", "11:00"), part(2, "11:15", "13:00")], []),
}


@pytest.mark.parametrize(("parts", "expected"), CASES.values(), ids=CASES)
def test_what_is_the_matter(parts: list[Part], expected: list[tuple[int, Trouble]]) -> None:
    assert troubles(*parts, group_size=15) == expected


def test_without_an_exact_day_only_the_day_s_hours_bind() -> None:
    assert troubles(part(1, "00:00", "01:00"), part(2, "10:00", "09:00"), span=ROUGH) == [
        (2, Trouble.ENDS_BEFORE_START)
    ]


def test_an_hour_that_the_clock_change_skips_is_an_error_and_the_rest_is_still_read() -> None:
    night = Span(
        zone="Europe/Berlin",
        starts_at=datetime(2027, 3, 27, 23, 0, tzinfo=UTC),
        ends_at=datetime(2027, 3, 28, 20, 0, tzinfo=UTC),
    )
    assert troubles(part(1, "02:30", "04:00"), part(2, "01:30", "03:10"), span=night) == [(1, Trouble.NO_SUCH_TIME)]
    assert night.place(slot("01:30", "03:10"))[1] - night.place(slot("01:30", "03:10"))[0] == 40  # minutes that pass


def test_an_event_that_crosses_the_clock_change_keeps_its_wall_clock() -> None:
    span = Span(
        zone="Europe/Berlin",
        starts_at=datetime(2027, 3, 25, 13, 0, tzinfo=UTC),  # Thursday 14:00
        ends_at=datetime(2027, 3, 29, 8, 0, tzinfo=UTC),  # Monday 10:00
    )
    assert troubles(part(1, "14:00", "15:00"), part(2, "09:00", "10:00", day=4), span=span) == []
    assert span.day_count == 5


def test_an_arrival_is_typed_as_the_station_shows_it() -> None:
    assert rules.minute_here(EXACT, 0, rules.parse_clock("10:30"), there="Europe/London", here=None) == 11 * 60 + 30
    assert rules.minute_here(ROUGH, 0, rules.parse_clock("00:30"), there="Europe/Helsinki", here="Europe/Rome") == -30


@pytest.mark.parametrize(("typed", "minute"), [("09:05", 545), (" 9.05 ", 545), ("24:00", 1440), ("00:00", 0)])
def test_clock_times_are_read_as_people_write_them(typed: str, minute: int) -> None:
    assert rules.parse_clock(typed) == minute


@pytest.mark.parametrize("typed", ["", "9", "09:60", "24:01", "25:00", "-1:00", "9:5", "nine", "٠٩:٠٠", "09:00\n09:00"])
def test_what_is_no_clock_time_is_refused(typed: str) -> None:
    with pytest.raises(NotAClockTime):
        rules.parse_clock(typed)


minutes = st.integers(min_value=0, max_value=600)
any_part = st.builds(
    lambda id, day, start, length, room, people, kind, leg: Part(
        id=id,
        slot=Slot(day=day, start_minute=300 + start, end_minute=300 + start + length),
        kind=kind,
        room_id=room,
        people=frozenset(people),
        is_leg=leg,
    ),
    st.integers(1, 10_000),
    st.integers(0, 2),
    minutes,
    st.integers(-10, 200),
    st.none() | st.integers(1, 3),
    st.sets(st.integers(1, 4), max_size=2),
    st.sampled_from(ItemKind),
    st.booleans(),
)
agendas = st.lists(any_part, max_size=8, unique_by=lambda item: item.id)


@given(agendas, st.integers(-300, 300))
def test_shifting_everything_by_the_same_time_keeps_the_verdict(parts: list[Part], offset: int) -> None:
    moved = [replace(item, slot=item.slot.moved(offset)) for item in parts]
    assert troubles(*parts, span=ROUGH) == troubles(*moved, span=ROUGH)


@given(agendas)
def test_no_two_accepted_items_overlap_in_one_room(parts: list[Part]) -> None:
    accepted: list[Part] = []
    for candidate in parts:
        if not any(found.is_error for found in findings([*accepted, candidate], EXACT)):
            accepted.append(candidate)
    for one in accepted:
        for other in accepted:
            if one is not other and one.room_id and one.room_id == other.room_id:
                (begins, ends), (starts, stops) = EXACT.place(one.slot), EXACT.place(other.slot)
                assert ends <= starts or stops <= begins


def test_a_skipped_hour_is_the_zone_s_not_the_machine_s() -> None:
    with pytest.raises(NoSuchTime):
        EXACT.instant(10, 150)  # 28 March, 02:30
    assert EXACT.instant(0, 600) == datetime(2027, 3, 18, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("taken", "begins"),
    [
        ([], 540),
        ([(540, 600)], 600),
        ([(540, 600), (570, 660)], 660),
        ([(540, 600), (900, 1020)], 600),
        ([(600, 1020)], 540),
        ([(540, 1020)], None),
        ([(540, 700), (660, 1080)], None),
    ],
)
def test_the_next_item_begins_behind_the_last_or_in_the_first_gap(
    taken: list[tuple[int, int]], begins: int | None
) -> None:
    assert rules.next_start(reversed(taken), 540, 1020) == begins


CHANGEOVERS: dict[str, tuple[list[Part], list[tuple[int, Trouble]]]] = {
    "fourteen minutes": (
        [part(1, "10:00", "11:00", room_id=7), part(2, "11:14", "12:00", room_id=7)],
        [(2, Trouble.ROOM_CHANGEOVER)],
    ),
    "fifteen": ([part(1, "10:00", "11:00", room_id=7), part(2, "11:15", "12:00", room_id=7)], []),
    "in another room": ([part(1, "10:00", "11:00", room_id=7), part(2, "11:00", "12:00", room_id=8)], []),
    "in no room": ([part(1, "10:00", "11:00"), part(2, "11:00", "12:00")], []),
    "a pause in the same room": (
        [
            part(1, "10:00", "11:00", room_id=7),
            part(2, "11:00", "11:20", room_id=7, kind=ItemKind.BREAK),
            part(3, "11:20", "12:00", room_id=7),
        ],
        [],
    ),
}


@pytest.mark.parametrize("case", CHANGEOVERS)
def test_a_room_is_left_the_time_that_organisers_want_between_two_items(case: str) -> None:
    parts, expected = CHANGEOVERS[case]
    told = findings(parts, EXACT, changeover=15)
    assert [(found.item_id, found.trouble) for found in told] == expected
