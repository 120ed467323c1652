"""What is on and what is next, minute by minute: over two days, and through the night on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.rules import Status
from app.walls.rules import Occasion, Slot, State, moments, stage, standing

ROME = ZoneInfo("Europe/Rome")
PLENARY, LAB, MEAL, MORNING, LATE = 1, 2, 3, 4, 5
RED, BLUE = 10, 20


def at(day: int, clock: str, *, fold: int = 0, month: int = 3) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, month, day, hour, minute, tzinfo=ROME, fold=fold).astimezone(UTC)


def slot(id: int, day: int, begins: str, ends: str, room_id: int | None = None, *, month: int = 3) -> Slot:
    starts = at(day, begins, month=month)
    return Slot(
        id=id, begins=starts, ends=at(day, ends, month=month), on=starts.astimezone(ROME).date(), room_id=room_id
    )


def occasion(status: Status = Status.PUBLISHED, *, is_dated: bool = True) -> Occasion:
    """Thursday 18 and Friday 19 March, from nine to one o'clock on the second day."""
    return Occasion(
        status=status, is_dated=is_dated, starts_at=at(18, "09:00"), ends_at=at(19, "13:00"), zone="Europe/Rome"
    )


AGENDA = [
    slot(PLENARY, 18, "09:00", "10:00", RED),
    slot(LAB, 18, "09:00", "11:00", BLUE),
    slot(MEAL, 18, "12:00", "13:00"),
    slot(MORNING, 19, "09:30", "12:00", RED),
]


@pytest.mark.parametrize(
    ("now", "state", "on", "following"),
    [
        (at(17, "23:59"), State.NOT_YET, (), (PLENARY, LAB)),
        (at(18, "00:00"), State.TODAY, (), (PLENARY, LAB)),
        (at(18, "08:59"), State.TODAY, (), (PLENARY, LAB)),
        (at(18, "09:00"), State.TODAY, (PLENARY, LAB), (MEAL,)),
        (at(18, "10:00"), State.TODAY, (LAB,), (MEAL,)),
        (at(18, "11:30"), State.TODAY, (), (MEAL,)),
        (at(18, "12:59"), State.TODAY, (MEAL,), (MORNING,)),
        (at(18, "13:00"), State.BETWEEN_DAYS, (), (MORNING,)),
        (at(18, "23:59"), State.BETWEEN_DAYS, (), (MORNING,)),
        (at(19, "00:00"), State.TODAY, (), (MORNING,)),
        (at(19, "11:59"), State.TODAY, (MORNING,), ()),
        (at(19, "12:30"), State.TODAY, (), ()),
        (at(19, "13:00"), State.PAST, (), ()),
    ],
)
def test_what_is_on_and_what_is_next(
    now: datetime, state: State, on: tuple[int, ...], following: tuple[int, ...]
) -> None:
    found = standing(occasion(), AGENDA, now)
    assert (found.state, found.now, found.next) == (state, on, following)


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (occasion(Status.CALLED_OFF), State.CALLED_OFF),
        (occasion(Status.POSTPONED), State.POSTPONED),
        (occasion(Status.HELD), State.PAST),
        (occasion(Status.ARCHIVED), State.PAST),
        (occasion(is_dated=False), State.NO_DAY),
        (occasion(Status.DRAFT), State.TODAY),
    ],
)
def test_what_does_not_take_place_shows_nothing_of_its_agenda(event: Occasion, state: State) -> None:
    found = standing(event, AGENDA, at(18, "09:30"))
    assert found.state is state
    assert bool(found.now) is (state is State.TODAY)


@pytest.mark.parametrize(
    ("now", "state"),
    [(at(17, "12:00"), State.NOT_YET), (at(18, "08:00"), State.TODAY), (at(19, "13:00"), State.PAST)],
)
def test_without_an_agenda_the_event_itself_says_how_it_stands(now: datetime, state: State) -> None:
    assert standing(occasion(), [], now).state is state


def test_a_room_shows_its_own_items_and_those_of_everybody() -> None:
    red = standing(occasion(), AGENDA, at(18, "10:30"), room_id=RED)
    assert (red.now, red.next) == ((), (MEAL,))
    assert standing(occasion(), AGENDA, at(18, "10:30"), room_id=BLUE).now == (LAB,)
    assert standing(occasion(), AGENDA, at(18, "12:30"), room_id=99).now == (MEAL,)


def test_what_lasts_beyond_midnight_is_still_on() -> None:
    party = Slot(id=LATE, begins=at(18, "22:00"), ends=at(19, "01:00"), on=date(2027, 3, 18))
    found = standing(occasion(), [*AGENDA, party], at(19, "00:30"))
    assert (found.state, found.now, found.next_on) == (State.TODAY, (LATE,), date(2027, 3, 19))


# on 31 October 2027 the hour from 2 to 3 happens twice in Rome; on 28 March the same hour is skipped
AUTUMN = Occasion(
    status=Status.PUBLISHED,
    is_dated=True,
    starts_at=at(30, "20:00", month=10),
    ends_at=at(31, "10:00", month=10),
    zone="Europe/Rome",
)
NIGHT = Slot(id=1, begins=at(31, "01:30", month=10), ends=at(31, "03:30", month=10), on=date(2027, 10, 31))
DAWN = slot(2, 31, "06:00", "07:00", month=10)


@pytest.mark.parametrize(
    ("now", "on"),
    [
        (at(31, "01:29", month=10), ()),
        (at(31, "02:30", month=10), (1,)),
        (at(31, "02:30", month=10, fold=1), (1,)),
        (at(31, "03:29", month=10), (1,)),
        (at(31, "03:30", month=10), ()),
    ],
)
def test_an_hour_that_happens_twice_lasts_twice(now: datetime, on: tuple[int, ...]) -> None:
    assert standing(AUTUMN, [NIGHT, DAWN], now).now == on


def test_the_day_after_the_clocks_went_forward_begins_at_its_own_midnight() -> None:
    spring = Occasion(
        status=Status.PUBLISHED,
        is_dated=True,
        starts_at=at(27, "09:00"),
        ends_at=at(29, "12:00"),
        zone="Europe/Rome",
    )
    agenda = [slot(1, 27, "09:00", "10:00"), slot(2, 28, "09:00", "10:00"), slot(3, 29, "09:00", "10:00")]
    states = [
        standing(spring, agenda, now).state
        for now in (at(27, "23:59"), at(28, "00:00"), at(28, "03:00"), at(28, "23:59"), at(29, "00:00"))
    ]
    assert states == [State.BETWEEN_DAYS, State.TODAY, State.TODAY, State.BETWEEN_DAYS, State.TODAY]


@given(minutes=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 600)), max_size=6), begins=st.integers(0, 4500))
def test_between_two_moments_nothing_changes(minutes: list[tuple[int, int]], begins: int) -> None:
    """Else a screen would be told that there is no news, when there is."""
    start = at(18, "00:00")
    slots = [
        Slot(
            id=number,
            begins=start + timedelta(minutes=first),
            ends=start + timedelta(minutes=first + lasts),
            on=(start + timedelta(minutes=first)).astimezone(ROME).date(),
        )
        for number, (first, lasts) in enumerate(minutes)
    ]
    edges = moments(occasion(), slots)
    one, other = (start + timedelta(minutes=minute) for minute in (begins - 60, begins))
    if stage(edges, one) == stage(edges, other):
        assert standing(occasion(), slots, one) == standing(occasion(), slots, other)
