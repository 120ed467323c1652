"""Seats of a world café: properties of every plan, and plans in which provably nobody meets twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forums import errors
from app.forums.rules import cafe
from app.forums.rules.cafe import Notes, Seating
from tests.builders import NOW

FRAMES = st.tuples(st.integers(1, 45), st.integers(2, 9), st.integers(2, 4), st.integers(0, 3))
FEW = 100  # steps: what must hold, holds for every plan


def plan_of(frame: tuple[int, int, int, int]) -> Seating:
    guests, tables, rounds, seed = frame
    return cafe.seat(range(100, 100 + guests), tables=tables, rounds=rounds, seed=seed, steps=FEW)


def is_even(plan: Seating, number: int) -> bool:
    sizes = plan.sizes(number)
    return max(sizes) - min(sizes) <= 1


@given(FRAMES)
@settings(max_examples=40)
def test_every_guest_sits_once_a_round_and_tables_differ_by_one_at_most(frame: tuple[int, int, int, int]) -> None:
    plan = plan_of(frame)
    guests, tables, rounds, _seed = frame
    assert len(plan.rounds) == rounds
    for number, seats in enumerate(plan.rounds):
        assert sorted(seats) == list(range(100, 100 + guests))
        assert set(seats.values()) <= set(range(tables))
        assert is_even(plan, number)
    assert cafe.repeats(plan) >= cafe.fewest_repeats(guests, tables=tables, rounds=rounds)


@given(FRAMES)
@settings(max_examples=10)
def test_one_seed_gives_one_plan(frame: tuple[int, int, int, int]) -> None:
    assert plan_of(frame) == plan_of(frame)


@pytest.mark.parametrize(
    ("guests", "tables", "rounds"),
    [
        (12, 4, 3),  # 16 people at 4 tables of 4, their hosts among them
        (12, 4, 4),
        (20, 5, 3),
        (24, 6, 3),
        (40, 8, 4),
        (48, 12, 3),
        (240, 60, 3),
    ],
)
def test_nobody_meets_twice_where_that_can_be(guests: int, tables: int, rounds: int) -> None:
    plan = cafe.seat(range(guests), tables=tables, rounds=rounds)
    assert cafe.repeats(plan) == 0
    for guest in range(guests):
        assert len({seats[guest] for seats in plan.rounds}) == rounds


@pytest.mark.parametrize(
    ("guests", "tables", "fewest"),
    [(25, 5, 10), (30, 5, 20), (16, 4, 8), (9, 3, 6)],
)
def test_30_people_at_5_tables_meet_as_few_partners_twice_as_there_must_be(
    guests: int, tables: int, fewest: int
) -> None:
    """25 guests with 5 hosts are 30 people; with hosts from elsewhere 30 guests. The bound is met, so both are best."""
    plan = cafe.seat(range(guests), tables=tables, rounds=3)
    assert cafe.fewest_repeats(guests, tables=tables, rounds=3) == fewest
    assert cafe.repeats(plan) == fewest


def test_a_meeting_counts_from_the_second_time_on_and_so_does_a_host() -> None:
    together = {1: 0, 2: 0, 3: 1, 4: 1}
    apart = {1: 1, 2: 0, 3: 0, 4: 1}
    # pairs 1-2 and 3-4 again, and all four at the table of the same host again
    assert cafe.repeats(Seating(2, (together, together))) == 6
    # nobody with the same partner; 2 and 4 stay, and meet their hosts again
    assert cafe.repeats(Seating(2, (together, apart))) == 2


CHANGES = st.tuples(FRAMES, st.sets(st.integers(100, 145)), st.integers(0, 6))


@given(CHANGES)
@settings(max_examples=40)
def test_late_ones_and_no_shows_move_hardly_anybody(change: tuple[tuple[int, int, int, int], set[int], int]) -> None:
    frame, gone, late = change
    plan = plan_of(frame)
    stay = plan.guests - gone
    wanted = stay | set(range(200, 200 + late))
    then = cafe.reseat(plan, wanted)
    for number, (before, after) in enumerate(zip(plan.rounds, then.rounds, strict=True)):
        assert set(after) == wanted
        assert is_even(then, number)
        moved = sum(before[guest] != after[guest] for guest in stay)
        assert moved <= len(plan.guests & gone)
    if wanted == plan.guests:
        assert then == plan


def test_late_ones_alone_move_nobody() -> None:
    plan = cafe.seat(range(20), tables=5, rounds=3)
    then = cafe.reseat(plan, range(23))
    assert all(
        then.rounds[number][guest] == seats[guest] for number, seats in enumerate(plan.rounds) for guest in seats
    )


@pytest.mark.parametrize(("people", "tables"), [(0, 2), (8, 2), (16, 4), (25, 5), (30, 6), (31, 7), (1000, 60)])
def test_four_or_five_sit_at_a_table(people: int, tables: int) -> None:
    assert cafe.usual_tables(people) == tables


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rounds": 1}, errors.RoundsOutOfRange),
        ({"rounds": 5}, errors.RoundsOutOfRange),
        ({"minutes": 5}, errors.MinutesOutOfRange),
        ({"tables": 1}, errors.TablesOutOfRange),
    ],
)
def test_a_frame_is_a_frame(changes: dict[str, int], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        cafe.check_frame(**{"rounds": 3, "minutes": 20, "tables": 5} | changes)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(-1, Notes.EARLY), (0, Notes.OPEN), (600, Notes.OPEN), (600 + 24 * 60 - 1, Notes.OPEN), (2040, Notes.OVER)],
)
def test_notes_are_taken_from_midnight_until_a_day_after(minutes: int, state: Notes) -> None:
    ends = NOW + timedelta(minutes=600)
    assert cafe.notes_state(NOW, ends, NOW + timedelta(minutes=minutes)) is state
