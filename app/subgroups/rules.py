"""How people are divided into groups, and how groups go round stations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.subgroups.errors import SizeOutOfRange, SlotOutOfRange

MOST_IN_A_GROUP = 500
MOST_SLOT = 8 * 60  # minutes

Timetable = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A registration with the seats of its companions; ``party``: who came together; ``group``: where it is now."""

    id: int
    seats: int = 1
    party: str | None = None
    group: int | None = None


def split(people: int, *, limit: int) -> list[int]:
    """The sizes of as few groups as the limit allows, as even as can be, the larger ones first."""
    if people <= 0:
        return []
    groups = -(-people // limit)
    even, over = divmod(people, groups)
    return [even + (place < over) for place in range(groups)]


def rotate(groups: int, stations: int) -> Timetable:
    """Which station each group is at: one row a round, one column a group, None for a pause.

    A latin square cut to size: every group is at every station once, and two are never at the same. With more groups
    than stations some pause in every round.
    """
    rounds = max(groups, stations) if groups and stations else 0
    return tuple(
        tuple(_station((group + turn) % rounds, stations) for group in range(groups)) for turn in range(rounds)
    )


def _station(place: int, stations: int) -> int | None:
    return place if place < stations else None


def balance(visitors: Sequence[Visitor], groups: Iterable[int], *, limit: int) -> dict[int, int]:
    """The group of everybody who fits. Who has one of these groups keeps it, so that little changes.

    Those who came together go together while there is room for them, the large parties first, each into the smallest
    group; a party without room is divided. Whoever fits nowhere is left out.
    """
    filled = dict.fromkeys(groups, 0)
    placed: dict[int, int] = {}
    for one in visitors:
        if one.group in filled:
            placed[one.id] = one.group
            filled[one.group] += one.seats
    for party in _parties(visitors, placed):
        whole = _roomiest(filled, sum(one.seats for one in party), limit, _near(party, visitors, placed))
        for one in party:
            near = _near(party, visitors, placed)
            group = whole if whole is not None else _roomiest(filled, one.seats, limit, near)
            if group is not None:
                placed[one.id] = group
                filled[group] += one.seats
    return placed


def divide(visitors: Sequence[Visitor], groups: Sequence[int], *, limit: int) -> tuple[dict[int, int], int]:
    """As :func:`balance`, with as many more groups as are needed; how many those are comes second.

    New groups are numbered on from the greatest there is. Only a registration of more seats than a group may have
    stays without one.
    """
    numbers = list(groups)
    last = max(numbers, default=0)
    fitting = [one for one in visitors if one.seats <= limit or one.group in numbers]
    needed = len(split(sum(one.seats for one in fitting), limit=limit))
    while True:
        while len(numbers) < needed:
            last += 1
            numbers.append(last)
        placed = balance(fitting, numbers, limit=limit)
        if len(placed) == len(fitting):
            return placed, len(numbers) - len(groups)
        needed = len(numbers) + 1


def sizes(visitors: Iterable[Visitor]) -> dict[int, int]:
    """The seats in each group."""
    found: dict[int, int] = defaultdict(int)
    for one in visitors:
        if one.group is not None:
            found[one.group] += one.seats
    return dict(found)


def usual_slot(minutes: int, *, groups: int, stations: int) -> int:
    """How long a round takes when all of them share the time that the stations have."""
    return max(minutes // max(groups, stations, 1), 1)


def check_size(size: int) -> None:
    """Raises SizeOutOfRange."""
    if not 1 <= size <= MOST_IN_A_GROUP:
        raise SizeOutOfRange(field="size", most=MOST_IN_A_GROUP)


def check_slot(minutes: int) -> None:
    """Raises SlotOutOfRange."""
    if not 1 <= minutes <= MOST_SLOT:
        raise SlotOutOfRange(field="slot_minutes", most=MOST_SLOT)


def _parties(visitors: Sequence[Visitor], placed: Mapping[int, int]) -> list[list[Visitor]]:
    """Who has no group yet, with those they came with; the most seats first."""
    parties: dict[object, list[Visitor]] = defaultdict(list)
    for one in visitors:
        if one.id not in placed:
            parties[one.party or one.id].append(one)
    return sorted(parties.values(), key=lambda party: -sum(one.seats for one in party))


def _near(party: Sequence[Visitor], visitors: Iterable[Visitor], placed: Mapping[int, int]) -> set[int]:
    """The groups in which others of the party are."""
    name = party[0].party
    return {placed[one.id] for one in visitors if name and one.party == name and one.id in placed}


def _roomiest(filled: Mapping[int, int], seats: int, limit: int, near: set[int]) -> int | None:
    """The smallest group with room; one in which friends are before any other."""
    fitting = [(group not in near, taken, group) for group, taken in filled.items() if taken + seats <= limit]
    return min(fitting)[2] if fitting else None
