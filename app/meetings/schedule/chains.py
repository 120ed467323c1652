"""Room for those whom greed left out: two slots are swapped along a chain of meetings (Kempe chains).

Meetings of a slot are a matching, so in two slots they form paths and rings; swapping the slots along one of them
keeps everybody in one place at a time. The idea is Vizing's, of colouring the edges of a graph (1964).
"""

from __future__ import annotations

from app.meetings.schedule.timetable import Timetable
from app.meetings.schedule.values import Pair


def mend(table: Timetable) -> Timetable:
    """Put pairs that have no slot in common any more, as long as one more can be put; nobody loses a meeting."""
    told = {(one.slot, *one.ids) for one in table.problem.told}
    is_put = True
    while is_put:
        is_put = False
        for pair in sorted(table.shared, key=lambda one: (-table.gain(one), one)):
            if pair not in table.placed and table.may_meet(pair):
                is_put |= _put_somehow(table, pair, told)
    return table


def _put_somehow(table: Timetable, pair: Pair, told: set[tuple[int, int, int]]) -> bool:
    slots = table.slots_for(pair)
    if slots:
        table.put(pair, max(slots, key=lambda slot: (table.room[slot], -slot)))
        return True
    for wanted in sorted(table.shared[pair]):
        if not table.has_host[pair] and table.room[wanted] <= 0 and not _make_room(table, wanted, told):
            continue
        busy = [person for person in pair.ids if wanted in table.at[person]]
        if not busy:
            table.put(pair, wanted)
            return True
        if len(busy) == 1 and _free_person(table, pair, busy[0], wanted, told):
            table.put(pair, wanted)
            return True
    return False


def _free_person(table: Timetable, pair: Pair, busy: int, wanted: int, told: set[tuple[int, int, int]]) -> bool:
    """Move what one of the two has in the wanted slot to another one, with all that hangs on it."""
    for other in sorted(table.open - {wanted}):
        chain = _chain(table, busy, wanted, other)
        if chain and _may_swap(table, chain, wanted, other, told) and _is_clear(pair, chain, busy):
            _swap(table, chain, wanted, other)
            if wanted in table.slots_for(pair):
                return True
            _swap(table, chain, wanted, other)
    return False


def _make_room(table: Timetable, full: int, told: set[tuple[int, int, int]]) -> bool:
    """Move one meeting out of a full slot: a chain that has one more in it than in a slot with room."""
    for other in sorted(table.open - {full}, key=lambda slot: -table.room[slot]):
        if table.room[other] <= 0:
            return False
        for person in sorted(table.at):
            chain = _chain(table, person, full, other) if full in table.at[person] else []
            if _frees(table, chain, full) and _may_swap(table, chain, full, other, told):
                _swap(table, chain, full, other)
                return True
    return False


def _frees(table: Timetable, chain: list[Pair], full: int) -> bool:
    """Whether a table gets free in the full slot."""
    tables = [1 if table.placed[pair] == full else -1 for pair in chain if not table.has_host[pair]]
    return sum(tables) > 0


def _chain(table: Timetable, person: int, slot: int, other: int) -> list[Pair]:
    """The meetings that move when one person's moves from ``slot`` to ``other``; none where it is a ring."""
    chain: list[Pair] = []
    if other in table.at[person]:
        return chain
    while slot in table.at[person]:
        pair = table.at[person][slot]
        chain.append(pair)
        person = pair.other if pair.one == person else pair.one
        slot, other = other, slot
    return chain


def _is_clear(pair: Pair, chain: list[Pair], busy: int) -> bool:
    """The other of the two must not come in by the chain's far end."""
    other = pair.other if pair.one == busy else pair.one
    return all(other not in one.ids for one in chain)


def _may_swap(table: Timetable, chain: list[Pair], slot: int, other: int, told: set[tuple[int, int, int]]) -> bool:
    balance = 0
    for pair in chain:
        here = table.placed[pair]
        there = other if here == slot else slot
        if there not in table.shared[pair] or (here, *pair.ids) in told:
            return False
        if not table.has_host[pair]:
            balance += 1 if there == other else -1
    return table.room[other] >= balance and table.room[slot] >= -balance


def _swap(table: Timetable, chain: list[Pair], slot: int, other: int) -> None:
    places = {pair: other if table.placed[pair] == slot else slot for pair in chain}
    for pair in chain:
        table.take(pair)
    for pair, there in places.items():
        table.put(pair, there)
