"""A timetable that is being filled: who is where, and how full the slots are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from app.meetings.schedule.values import SHARES, WEIGHTS, Meeting, Pair, Problem


class Timetable:
    """Pairs in slots; refuses nothing: who puts a pair has asked :meth:`fits` before."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        held = [(one.slot, one.ids) for one in problem.held]
        self.met = {ids for _slot, ids in held}
        self.counts = Counter(person for _slot, ids in held for person in ids)
        open_slots = {slot.id: slot for slot in problem.open_slots}
        self.open = frozenset(open_slots)
        self.room = {slot.id: problem.usable(slot) for slot in open_slots.values()}
        self.at: dict[int, dict[int, Pair]] = defaultdict(dict)  # person → slot → pair
        self.placed: dict[Pair, int] = {}
        self.has_host = {pair: problem.table_of(pair) is not None for pair in problem.pairs}
        self.shared = {pair: problem.shared(pair) & self.open for pair in problem.pairs if pair.ids not in self.met}

    def slots_for(self, pair: Pair) -> list[int]:
        """Where a pair can be put as things stand."""
        one, other = self.at[pair.one], self.at[pair.other]
        has_host = self.has_host[pair]
        return [
            slot
            for slot in self.shared[pair]
            if slot not in one and slot not in other and (has_host or self.room[slot] > 0)
        ]

    def may_meet(self, pair: Pair) -> bool:
        """Whether neither of them has as many meetings as they may."""
        most = self.problem.by_id
        return all(self.counts[one] < most[one].most for one in pair.ids)

    def gain(self, pair: Pair) -> int:
        """What the pair would add to the value."""
        return WEIGHTS[pair.want] + sum(SHARES[self.counts[one]] for one in pair.ids if self.counts[one] < len(SHARES))

    def put(self, pair: Pair, slot: int) -> None:
        self.placed[pair] = slot
        for person in pair.ids:
            self.at[person][slot] = pair
            self.counts[person] += 1
        self.room[slot] -= not self.has_host[pair]

    def take(self, pair: Pair) -> None:
        slot = self.placed.pop(pair)
        for person in pair.ids:
            del self.at[person][slot]
            self.counts[person] -= 1
        self.room[slot] += not self.has_host[pair]

    def meetings(self) -> tuple[Meeting, ...]:
        """The timetable with tables, held meetings included."""
        return with_tables(self.problem, self.placed)


def with_tables(problem: Problem, placed: Mapping[Pair, int]) -> tuple[Meeting, ...]:
    """Give every pair a table: hosts their own, the others the one that they were told, or else the first free one."""
    told = {(one.slot, *one.ids): one.table for one in problem.told}
    found = list(problem.held)
    for slot in problem.open_slots:
        there = sorted(pair for pair, at in placed.items() if at == slot.id)
        free = problem.tables_without_host(slot)
        wanted = {pair: told.get((slot.id, *pair.ids)) for pair in there}
        tables = {pair: table for pair in there if (table := problem.table_of(pair)) is not None}
        for pair in there:
            if pair not in tables and wanted[pair] in free:
                tables[pair] = wanted[pair] or 0
                free.remove(tables[pair])
        tables |= dict(zip((pair for pair in there if pair not in tables), free, strict=False))
        found += [Meeting(slot.id, tables[pair], *pair.ids) for pair in there]
    return tuple(sorted(found))


def slots_of(meetings: Iterable[Meeting], pairs: Iterable[Pair]) -> dict[Pair, int]:
    """Where each of these pairs meets, if it does."""
    at = {one.ids: one.slot for one in meetings}
    return {pair: at[pair.ids] for pair in pairs if pair.ids in at}
