"""The schedule that a careful person would make by hand: most is gained first, where it hinders least."""

from __future__ import annotations

import heapq
from collections import Counter
from random import Random

from app.meetings.schedule.timetable import Timetable, slots_of
from app.meetings.schedule.values import Meeting, Pair, Problem


def greedy(problem: Problem) -> tuple[Meeting, ...]:
    """Put one pair after the other, never taking one back. Always the same for the same problem."""
    return fill(Timetable(problem)).meetings()


def fill(table: Timetable, chance: Random | None = None) -> Timetable:
    """First what was told and still can be, then the pair that adds most, in the slot that is least in demand.

    ``chance`` decides between pairs that add as much; without it always the same comes first.
    """
    keep_told(table)
    demand: Counter[int] = Counter(slot for pair in table.shared for slot in table.shared[pair])
    luck = {pair: chance.random() if chance else 0.0 for pair in sorted(table.shared)}
    waiting = [(_rank(table, pair), luck[pair], pair) for pair in table.shared if pair not in table.placed]
    heapq.heapify(waiting)
    while waiting:
        rank, lucky, pair = heapq.heappop(waiting)
        if not table.may_meet(pair):
            continue
        slots = table.slots_for(pair)
        if not slots:
            continue
        now = _rank(table, pair)
        if now > rank:  # it adds less than when it was ranked
            heapq.heappush(waiting, (now, lucky, pair))
            continue
        table.put(pair, min(slots, key=lambda slot: (_loneliness(table, pair, slot), demand[slot], slot)))
    return table


def keep_told(table: Timetable) -> None:
    """Put what people were told, as far as it still can be."""
    for pair, slot in sorted(slots_of(table.problem.told, table.shared).items()):
        if pair not in table.placed and table.may_meet(pair) and slot in table.slots_for(pair):
            table.put(pair, slot)


def _rank(table: Timetable, pair: Pair) -> tuple[int, int]:
    """Most gain first, then those who can meet in few slots."""
    return -table.gain(pair), len(table.shared[pair])


def _loneliness(table: Timetable, pair: Pair, slot: int) -> int:
    """How much of the slot's room is taken by others: full slots are filled up last."""
    return 0 if table.has_host[pair] else -table.room[slot]
