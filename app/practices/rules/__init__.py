from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What happened to a practice at an event."""

    PRESENTED = "presented"
    SHARED = "shared"
    DISCUSSED = "discussed"


class Aim(StrEnum):
    """What a practice is meant to promote; it may have several aims."""

    COMPETITIVENESS = "competitiveness"
    INNOVATION = "innovation"
    TECHNOLOGY_TRANSFER = "technology_transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFilter:
    """Which practices a list shows. Empty means all; every part narrows."""

    sector: str | None = None
    country: str | None = None
    aim: str | None = None
    outcome: str | None = None  # "failed": what did not work
    q: str | None = None

    def parts(self) -> dict[str, str]:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


MOST_AT_ONCE = 3  # practices side by side
