"""Asking the solver, and looking at it while it works."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Protocol

from app.meetings.schedule.values import Pair

GLANCE = 0.25  # seconds between two looks
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver has found since the last look, None for nothing new, and its bound."""

    placed: dict[Pair, int] | None
    bound: int | None


class Asked(Protocol):
    """A question for the solver."""

    model: Any

    def read(self, value: Callable[[Any], int]) -> dict[Pair, int]: ...


def ask(asked: Asked, *, seconds: float, workers: int, tell: Callable[[Answer], bool]) -> dict[Pair, int]:
    """The best answer in so many seconds; ``tell`` hears of every look in the caller's thread, True stops."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.1)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    found = _Found()

    class Listening(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            found.put(asked.read(self.value), self.best_objective_bound)

    listening = Listening()
    solver.best_bound_callback = found.lower
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(solver.solve, asked.model, listening)
        try:
            while wait([running], GLANCE).not_done:
                if tell(found.take()):
                    solver.stop_search()
        finally:
            solver.stop_search()
    if running.result() not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found.best
    found.lower(solver.best_objective_bound)
    tell(found.take())
    return found.best


class _Found:
    """Written by the solver's threads, read by ours."""

    def __init__(self) -> None:
        self.best: dict[Pair, int] = {}
        self._lock = threading.Lock()
        self._fresh: dict[Pair, int] | None = None
        self._bound: float | None = None

    def put(self, placed: dict[Pair, int], bound: float) -> None:
        with self._lock:
            self.best = self._fresh = placed
        self.lower(bound)

    def lower(self, bound: float) -> None:
        with self._lock:
            self._bound = bound if self._bound is None else min(self._bound, bound)

    def take(self) -> Answer:
        with self._lock:
            fresh, self._fresh = self._fresh, None
            return Answer(fresh, None if self._bound is None else int(self._bound + _TINY))
