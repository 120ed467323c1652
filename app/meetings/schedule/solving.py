"""The schedule that OR-Tools CP-SAT finds in the time that it is given, starting from the greedy one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from app.meetings.schedule.chains import mend
from app.meetings.schedule.checking import value_of
from app.meetings.schedule.cp_models import Choice, Placing
from app.meetings.schedule.greedy import fill, greedy
from app.meetings.schedule.running import Answer, ask
from app.meetings.schedule.timetable import Timetable, slots_of, with_tables
from app.meetings.schedule.values import KEPT, SHARES, WEIGHTS, Meeting, Pair, Problem

WORKERS = 2
ORDERS = 24
FOR_CHOICE = 0.3  # of the time: who meets; the rest: when


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is: the best value yet, and above what no schedule can come."""

    seconds: float
    value: int
    bound: int
    meetings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """The best schedule found."""

    meetings: tuple[Meeting, ...]
    value: int
    bound: int
    greedy_value: int
    greedy_meetings: int
    seconds: float
    is_stopped: bool = False

    @property
    def is_best(self) -> bool:
        """Whether it is proven that none is worth more."""
        return self.value >= self.bound

    @property
    def gap(self) -> float:
        """How far below the bound it may be, as a share of the bound."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


Watch = Callable[[Progress], bool]
"""Told now and then how far it is, in the caller's own thread; True stops the search and keeps the best."""


def solve(problem: Problem, *, seconds: float, watch: Watch | None = None, workers: int = WORKERS) -> Solved:
    """The best schedule found in so many seconds, never worth less than the greedy one."""
    search = _Search(problem, seconds, watch or (lambda _progress: False), workers)
    search.run()
    return search.solved()


class _Search:
    """One search: the best yet, the lowest bound yet, the time that is left."""

    def __init__(self, problem: Problem, seconds: float, watch: Watch, workers: int) -> None:
        self.problem, self.watch, self.workers, self.seconds = problem, watch, workers, seconds
        self.began = time.monotonic()
        self.is_stopped = False
        self.best = greedy(problem)
        self.value = value_of(problem, self.best)
        self.greedy_value, self.greedy_meetings = self.value, len(self.best)
        self.bound = _simple_bound(problem)

    def run(self) -> None:
        """Chains first, which cost nothing; then who should meet at all; then who meets when."""
        self._offer(mend(fill(Timetable(self.problem))).meetings())
        if self._goes_on():
            choice = Choice(self.problem)
            choice.hint(slots_of(self.best, self.problem.pairs))
            pairs = ask(choice, seconds=self._left() * FOR_CHOICE, workers=self.workers, tell=self._hear_choice)
            self._place_chosen(pairs)
        if self._goes_on():
            placing = Placing(self.problem)
            placing.hint(slots_of(self.best, self.problem.pairs))
            ask(placing, seconds=self._left(), workers=self.workers, tell=self._hear_placing)

    def _place_chosen(self, pairs: dict[Pair, int]) -> None:
        """Slots for those who should meet, tried in several orders: most often one of them places everybody."""
        for number in range(ORDERS):
            self._offer(timetable_of(self.problem, pairs, Random(number)).meetings())
            if not self._goes_on():
                return

    def solved(self) -> Solved:
        return Solved(
            meetings=self.best,
            value=self.value,
            bound=self.bound,
            greedy_value=self.greedy_value,
            greedy_meetings=self.greedy_meetings,
            seconds=time.monotonic() - self.began,
            is_stopped=self.is_stopped,
        )

    def _left(self) -> float:
        return self.seconds - (time.monotonic() - self.began)

    def _goes_on(self) -> bool:
        return not self._glance() and self.value < self.bound and self._left() > 0

    def _glance(self) -> bool:
        """Tell how far it is; whether to stop."""
        now = time.monotonic() - self.began
        progress = Progress(seconds=now, value=self.value, bound=self.bound, meetings=len(self.best))
        self.is_stopped = self.is_stopped or self.watch(progress)
        return self.is_stopped

    def _offer(self, meetings: tuple[Meeting, ...]) -> None:
        value = value_of(self.problem, meetings)
        if value > self.value:
            self.best, self.value = meetings, value

    def _hear_choice(self, answer: Answer) -> bool:
        self._lower(answer.bound)
        return self._glance()

    def _hear_placing(self, answer: Answer) -> bool:
        self._lower(answer.bound)
        if answer.placed:
            self._offer(with_tables(self.problem, answer.placed))
        return self._glance() or self.value >= self.bound

    def _lower(self, bound: int | None) -> None:
        if bound is not None:
            self.bound = max(min(self.bound, bound), self.value)


def timetable_of(problem: Problem, pairs: dict[Pair, int], chance: Random) -> Timetable:
    """Slots for just these people, as far as they find any; then for whoever else fits in."""
    table = Timetable(problem)
    shared = table.shared
    table.shared = {pair: slots for pair, slots in shared.items() if pair in pairs}
    mend(fill(table, chance))
    table.shared = shared
    return mend(fill(table, chance))


def _simple_bound(problem: Problem) -> int:
    """As if everybody met everybody they may: nothing is worth more, and it is known at once."""
    table = Timetable(problem)
    pairs = [pair for pair, slots in table.shared.items() if slots]
    told = {one.ids for one in problem.told}
    worth = sum(WEIGHTS[pair.want] + KEPT * (pair.ids in told) for pair in pairs)
    return value_of(problem, problem.held) + worth + sum(SHARES) * len({one for pair in pairs for one in pair.ids})
