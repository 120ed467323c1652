"""The schedule of one-to-one meetings: how long it takes, how near it comes to what is possible, what greed gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.figures import Aim, Figure
from bench.house import inside
from bench.plan import Plan

SLOTS = 12
SECONDS, QUICK = 30, 5
_TIME = Aim(bound=31, words="< 31 s")  # of solving in 30, with what comes before and after
_GAP = Aim(bound=1, words="≤ 1 %")
_NEVER_WORSE = Aim(bound=1, words="≥ 1 ×", is_floor=True)
_NONE = Aim(bound=0, words="0")
_KINDS = {"few": "few tables", "many": "a table for everybody"}


def measure(plan: Plan) -> Iterator[Figure]:
    """300 people, two workers of the solver; once: it is the same each time."""
    seconds = QUICK if plan.rounds == 1 else SECONDS
    found = inside(plan.builder.empty("meetings"), "schedule", number=SLOTS, rounds=seconds)
    for key, words in _KINDS.items():
        yield from _figures(found[key], f"300 people, {SLOTS} slots, {words}")


def _figures(found: dict[str, Any], words: str) -> Iterator[Figure]:
    yield Figure(name=f"Schedule, {words}", value=found["seconds"], unit="s", aim=_TIME)
    gap = 100 * (found["bound"] - found["value"]) / found["bound"]
    yield Figure(name=f"Gap to the bound, {words}", value=gap, unit="%", aim=_GAP)
    yield Figure(
        name=f"Value, {words}",
        value=found["value"],
        unit="",
        ratio=found["value"] / found["greedy"],
        against=f"greedy ({found['greedy']})",
        aim=_NEVER_WORSE,
        more_is_better=True,
    )
    yield Figure(
        name=f"Meetings of {found['wanted']} agreed, {words}",
        value=found["meetings"],
        unit="",
        ratio=found["meetings"] / found["greedy_meetings"],
        against=f"greedy ({found['greedy_meetings']})",
        more_is_better=True,
    )
    yield Figure(name=f"Broken rules, {words}", value=found["broken"], unit="", aim=_NONE)
