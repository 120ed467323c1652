from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class PracticeMoved(Fact):
    """A practice was taken a step further; the row of the step says all of it."""

    practice_id: int
    change_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestShown(Fact):
    """Somebody of an organisation said that a practice interests, at a fair, say; ``email`` is where to ask later."""

    practice_id: int
    organisation_id: int
    email: str
    locale: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestEnded(Fact):
    """Nobody of an organisation says so any more."""

    practice_id: int
    organisation_id: int
    at: datetime
