"""What moves when a day changes: tables of cases, and random days."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agenda.checks import SLACK
from app.agenda.rules import Slot, Span, TravelMode
from app.visits.errors import BeforeThePrevious, NothingToSwap, SideBySide
from app.visits.rules import times
from app.visits.rules.times import Pauses, Step, in_order, inserted, retimed, slot_at, step_of, swapped
from app.visits.rules.ways import estimate, straight_kilometres

SPAN = Span(
    zone="Europe/Rome",
    starts_at=datetime(2027, 3, 18, 6, tzinfo=UTC),
    ends_at=datetime(2027, 3, 19, 20, tzinfo=UTC),
)
ZONES = (None, "Europe/Rome", "Europe/London", "Europe/Helsinki", "America/New_York")


def step(number: int, begins: int, ends: int, kind: str = "stop") -> Step:
    slot = Slot(day=0, start_minute=begins, end_minute=ends)
    return Step(id=number, slot=slot, begins=begins, ends=ends, is_leg=kind == "leg", is_stop=kind == "stop")


# 9:00 stop, 10:00 bus, 10:45 stop (15 minutes after the arrival), 12:00 lunch, 13:30 stop (after half an hour)
DAY = [
    step(1, 540, 600),
    step(2, 600, 630, "leg"),
    step(3, 645, 720),
    step(4, 720, 780, "meal"),
    step(5, 810, 900),
]


@pytest.mark.parametrize(
    ("begins", "ends", "pauses", "moved"),
    [
        (600, 650, Pauses.KEEP, {2: (600, 650), 3: (665, 740), 4: (740, 800), 5: (830, 920)}),
        # five minutes of spare behind the bus, then the half hour behind lunch
        (600, 650, Pauses.USE, {2: (600, 650), 3: (660, 735), 4: (735, 795)}),
        (600, 634, Pauses.USE, {2: (600, 634)}),
        (600, 620, Pauses.KEEP, {2: (600, 620), 3: (635, 710), 4: (710, 770), 5: (800, 890)}),
        (600, 620, Pauses.USE, {2: (600, 620)}),
        (610, 640, Pauses.KEEP, {2: (610, 640), 3: (655, 730), 4: (730, 790), 5: (820, 910)}),
        (605, 630, Pauses.KEEP, {2: (605, 630)}),
        (600, 630, Pauses.KEEP, {}),
    ],
)
def test_what_follows_a_leg_moves_by_what_is_left_of_the_delay(
    begins: int, ends: int, pauses: Pauses, moved: dict[int, tuple[int, int]]
) -> None:
    assert retimed(DAY, DAY[1], begins=begins, ends=ends, pauses=pauses) == moved


def test_nothing_departs_before_what_comes_before_is_over() -> None:
    with pytest.raises(BeforeThePrevious) as refusal:
        retimed(DAY, DAY[1], begins=590, ends=630, pauses=Pauses.KEEP)
    assert refusal.value.details == {"field": "starts", "item_id": 1}


def test_what_happens_on_board_goes_with_the_departure() -> None:
    talk = step(9, 610, 625, "meal")
    assert retimed([*DAY, talk], DAY[1], begins=605, ends=635, pauses=Pauses.USE)[9] == (615, 630)


def test_stations_side_by_side_stay_side_by_side() -> None:
    both = [step(1, 540, 600, "leg"), step(2, 610, 700), step(3, 610, 690), step(4, 720, 760)]
    moved = retimed(both, both[0], begins=540, ends=640, pauses=Pauses.USE)
    assert moved == {1: (540, 640), 2: (650, 740), 3: (650, 730), 4: (740, 780)}


@pytest.mark.parametrize(
    ("after", "span", "is_leg", "pauses", "moved"),
    [
        (4, (780, 800), True, Pauses.USE, {}),
        (4, (780, 810), True, Pauses.USE, {5: (820, 910)}),
        (4, (780, 800), True, Pauses.KEEP, {5: (830, 920)}),
        (5, (900, 960), False, Pauses.USE, {}),
    ],
)
def test_a_new_entry_takes_the_gap_or_pushes(
    after: int, span: tuple[int, int], is_leg: bool, pauses: Pauses, moved: dict[int, tuple[int, int]]
) -> None:
    begins, ends = span
    assert inserted(DAY, DAY[after - 1], begins=begins, ends=ends, is_leg=is_leg, pauses=pauses) == moved


def test_two_stops_change_places_and_the_day_keeps_its_length() -> None:
    assert swapped(DAY, 3, earlier=True) == {3: (540, 615), 2: (615, 645), 1: (660, 720)}
    assert swapped(DAY, 3, earlier=False) == {5: (645, 735), 4: (735, 795), 3: (825, 900)}


@pytest.mark.parametrize(("stop", "earlier"), [(1, True), (5, False), (2, True), (99, True)])
def test_at_the_ends_of_a_day_there_is_nothing_to_swap_with(stop: int, earlier: bool) -> None:
    with pytest.raises(NothingToSwap):
        swapped(DAY, stop, earlier=earlier)


def test_no_order_is_turned_round_where_things_run_side_by_side() -> None:
    with pytest.raises(SideBySide):
        swapped([*DAY, step(7, 650, 800)], 3, earlier=True)
    with pytest.raises(SideBySide):
        swapped([*DAY, step(7, 620, 650, "meal")], 3, earlier=True)


@st.composite
def days(draw: st.DrawFn) -> list[Step]:
    """Stops, meals and legs over borders, one after the other with gaps between."""
    steps, at = [], int(SPAN.starts_at.timestamp() // 60) if SPAN.starts_at else 0
    for number in range(1, draw(st.integers(2, 8))):
        at += draw(st.integers(0, 40))
        minutes = draw(st.integers(5, 70))
        kind = draw(st.sampled_from(["stop", "leg", "meal"]))
        slot = Slot(day=0, start_minute=0, end_minute=1, zone=draw(st.sampled_from(ZONES)))
        slot = slot_at(slot, at, at + minutes, SPAN)
        placed = step_of(number, slot, SPAN, is_leg=kind == "leg", is_stop=kind == "stop")
        assert placed
        assert (placed.begins, placed.ends) == (at, at + minutes)
        steps.append(placed)
        at += minutes
    return steps


def after(steps: list[Step], moved: times.Times) -> list[Step]:
    """The day as its slots say it then, each in its own zone."""
    found = []
    for one in steps:
        slot = slot_at(one.slot, *moved.get(one.id, (one.begins, one.ends)), SPAN)
        placed = step_of(one.id, slot, SPAN, is_leg=one.is_leg, is_stop=one.is_stop)
        assert placed
        found.append(placed)
    return found


@given(days(), st.data())
def test_only_later_entries_move_and_time_runs_forward(steps: list[Step], data: st.DataObject) -> None:
    changed = data.draw(st.sampled_from(steps))
    pauses = data.draw(st.sampled_from(list(Pauses)))
    minutes = data.draw(st.integers(1, 120))
    earliest = max((one.ends for one in steps if one.ends <= changed.begins), default=changed.begins - 30)
    begins = data.draw(st.integers(earliest, changed.begins + 60))
    moved = retimed(steps, changed, begins=begins, ends=begins + minutes, pauses=pauses)
    new = {one.id: one for one in after(steps, moved)}
    delay = begins + minutes - changed.ends
    previous = None
    for one in in_order(steps):
        now = new[one.id]
        if one.begins < changed.begins:
            assert now == one
        if one.id != changed.id:
            assert now.minutes == one.minutes
            shift = now.begins - one.begins
            assert 0 <= shift <= delay or delay <= shift <= 0
            assert pauses is Pauses.USE or one.begins < changed.begins or shift == delay
        if previous:
            old = next(each for each in steps if each.id == previous.id)
            assert now.begins >= previous.ends
            if pauses is Pauses.USE and old.is_leg and not one.is_leg and one.begins > changed.begins:
                assert now.begins - previous.ends >= min(SLACK, one.begins - old.ends)
        previous = now


@given(days(), st.data())
def test_turning_an_order_round_moves_nothing_outside(steps: list[Step], data: st.DataObject) -> None:
    stops = [one for one in steps if one.is_stop]
    if len(stops) < 2:
        return
    moved = swapped(steps, stops[1].id, earlier=True)
    new = in_order(after(steps, moved))
    assert {one.id for one in new} == {one.id for one in steps}
    assert all(one.ends <= later.begins for one, later in pairwise(new))
    assert all(stops[0].begins <= begins and ends <= stops[1].ends for begins, ends in moved.values())
    assert sorted(one.minutes for one in new) == sorted(one.minutes for one in steps)


def test_a_way_is_guessed_from_the_straight_line() -> None:
    rovereto, munich = (45.89, 11.03), (48.14, 11.58)
    assert round(straight_kilometres(rovereto, munich)) == 254
    by_coach = estimate(rovereto, munich, TravelMode.COACH)
    assert (by_coach.kilometres, by_coach.minutes, by_coach.factor) == (330, 370, 1.3)
    assert estimate(rovereto, rovereto, TravelMode.FOOT).minutes == 5
    assert all(estimate((-90, 0), (90, 180), mode).kilometres > 20_000 for mode in TravelMode)
