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
        if not table.has_host[pair] and table.room[wanted] <= 0:
            continue
        busy = [person for person in pair.ids if wanted in table.at[person]]
        if len(busy) != 1:
            continue
        for other in sorted(table.open - {wanted}):
            chain = _chain(table, busy[0], wanted, other)
            if chain and _may_swap(table, chain, wanted, other, told) and _is_clear(pair, chain, busy[0]):
                _swap(table, chain, wanted, other)
                if wanted in table.slots_for(pair):
                    table.put(pair, wanted)
                    return True
                _swap(table, chain, wanted, other)
    return False


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
