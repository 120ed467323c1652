"""The two questions that the solver is asked. Both are worth what :func:`checking.value_of` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from app.meetings.schedule.checking import value_of
from app.meetings.schedule.timetable import Timetable
from app.meetings.schedule.values import KEPT, SHARES, WEIGHTS, Pair, Problem


class Choice:
    """Who meets, whenever it be. As it leaves rules out, no schedule is worth more than its best answer."""

    def __init__(self, problem: Problem) -> None:
        self.model, self._table = _new_model(), Timetable(problem)
        self._meets = {pair: self.model.new_bool_var("") for pair, slots in self._table.shared.items() if slots}
        told = {(one.slot, *one.ids) for one in problem.told}
        can_stay = {pair for pair in self._meets if any((slot, *pair.ids) in told for slot in self._table.shared[pair])}
        worth = [(WEIGHTS[pair.want] + KEPT * (pair in can_stay)) * meets for pair, meets in self._meets.items()]
        by_person = defaultdict(list)
        for pair, meets in self._meets.items():
            for person in pair.ids:
                by_person[person].append(meets)
        for person, meetings in by_person.items():
            slots = len(problem.by_id[person].free & self._table.open)
            worth += _bound_person(self.model, self._table, person, meetings, slots)
        seats = sum(self._table.room.values())
        self.model.add(sum(meets for pair, meets in self._meets.items() if not self._table.has_host[pair]) <= seats)
        self.model.maximize(sum(worth) + value_of(problem, problem.held))

    def hint(self, placed: Mapping[Pair, int]) -> None:
        for pair, meets in self._meets.items():
            self.model.add_hint(meets, pair in placed)

    def read(self, value: Callable[[Any], int]) -> dict[Pair, int]:
        """The pairs that meet; the slots are without meaning."""
        return {pair: 0 for pair, meets in self._meets.items() if value(meets)}


class Placing:
    """Who meets in which slot. Tables are counted here and numbered afterwards, so that none is like another."""

    def __init__(self, problem: Problem) -> None:
        self.model, self._table = _new_model(), Timetable(problem)
        self._meets = {
            (pair, slot): self.model.new_bool_var("")
            for pair, slots in self._table.shared.items()
            for slot in sorted(slots)
        }
        told = {(one.slot, *one.ids) for one in problem.told}
        worth = [
            (WEIGHTS[pair.want] + KEPT * ((slot, *pair.ids) in told)) * meets
            for (pair, slot), meets in self._meets.items()
        ]
        of_pair, at, by_person, in_slot = (defaultdict(list) for _ in range(4))
        for (pair, slot), meets in self._meets.items():
            of_pair[pair].append(meets)
            if not self._table.has_host[pair]:
                in_slot[slot].append(meets)
            for person in pair.ids:
                at[person, slot].append(meets)
                by_person[person].append(meets)
        for same in (*of_pair.values(), *at.values()):
            self.model.add_at_most_one(same)
        for slot, meetings in in_slot.items():
            self.model.add(sum(meetings) <= self._table.room[slot])
        for person, meetings in by_person.items():
            slots = len(problem.by_id[person].free & self._table.open)
            worth += _bound_person(self.model, self._table, person, meetings, slots)
        self.model.maximize(sum(worth) + value_of(problem, problem.held))

    def hint(self, placed: Mapping[Pair, int]) -> None:
        for (pair, slot), meets in self._meets.items():
            self.model.add_hint(meets, placed.get(pair) == slot)

    def read(self, value: Callable[[Any], int]) -> dict[Pair, int]:
        """The slot of every pair that meets."""
        return {pair: slot for (pair, slot), meets in self._meets.items() if value(meets)}


def _new_model() -> Any:
    from ortools.sat.python import cp_model  # two seconds and 60 MiB that only a search is worth

    return cp_model.CpModel()


def _bound_person(model: Any, table: Timetable, person: int, meetings: list[Any], slots: int) -> list[Any]:
    """At most so many meetings; what each further one is worth on top falls, so the first levels fill themselves."""
    held = table.counts[person]
    most = min(table.problem.by_id[person].most - held, slots, len(meetings))
    if most < len(meetings):
        model.add(sum(meetings) <= max(most, 0))
    levels = [(share, model.new_bool_var("")) for share in SHARES[held : held + max(most, 0)]]
    if levels:
        model.add(sum(level for _share, level in levels) <= sum(meetings))
    return [share * level for share, level in levels]
