from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class PracticeMoved(Fact):
    """A practice was taken a step further; the row of the step says all of it."""

    practice_id: int
    change_id: int
