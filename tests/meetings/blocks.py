"""Random blocks of meetings, small enough for a solver that gets a second."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

from app.meetings.schedule import Attendee, Meeting, Pair, Problem, Slot, Want


def attendee(number: int, *, organisation: str = "", free: set[int] | None = None, **more: int) -> Attendee:
    """Somebody of an organisation of their own who is always there, unless told otherwise."""
    slots = frozenset(range(12)) if free is None else frozenset(free)
    return Attendee(id=number, organisation=organisation or f"o{number}", free=slots, **more)


def block(*, slots: int, tables: int, people: list[Attendee], pairs: list[tuple[int, int]], spare: int = 0) -> Problem:
    return Problem(
        slots=tuple(Slot(id=number, tables=tables) for number in range(slots)),
        attendees=tuple(people),
        pairs=tuple(Pair(*ids) for ids in pairs),
        spare=spare,
    )


@st.composite
def blocks(draw: st.DrawFn, most_people: int = 14) -> Problem:
    """Any block: hosts with tables of their own, colleagues, people who come late or leave early, few tables."""
    slots = draw(st.integers(1, 5))
    tables = draw(st.integers(0, 8))
    count = draw(st.integers(0, most_people))
    hosts = draw(st.integers(0, min(count, tables, 3)))
    people = [
        Attendee(
            id=number,
            organisation=f"o{draw(st.integers(0, max(count - 1, 1)))}",
            free=draw(st.frozensets(st.integers(0, slots - 1), max_size=slots)) | frozenset({0}),
            most=draw(st.integers(1, 6)),
            table=number + 1 if number < hosts else None,
        )
        for number in range(count)
    ]
    able = [ids for ids in combinations(range(count), 2) if people[ids[0]].organisation != people[ids[1]].organisation]
    chosen = draw(st.lists(st.sampled_from(able), unique=True, max_size=30)) if able else []
    pairs = tuple(Pair(*ids, draw(st.sampled_from(Want))) for ids in sorted(chosen))
    return Problem(
        slots=tuple(Slot(id=number, tables=tables) for number in range(slots)),
        attendees=tuple(people),
        pairs=pairs,
        spare=draw(st.integers(0, 20)),
    )


def slot_of(meetings: tuple[Meeting, ...], one: int, other: int) -> int | None:
    return next((meeting.slot for meeting in meetings if meeting.ids == (one, other)), None)
