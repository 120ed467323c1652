"""What comes in about meetings, from whichever edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.meetings.rules import USUAL_SPARE
from app.meetings.schedule.values import MOST_MEETINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsInput:
    """Instants are UTC; without one the window opens at once and closes with the first block."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    most: int = MOST_MEETINGS
    spare: int = USUAL_SPARE
    arranges: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInput:
    """Topics as ``sector:…``, ``specialisation:…`` or ``word:…``; ``away``: slots as ``block:number``."""

    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    about: str = ""
    away: tuple[str, ...] = ()
    may_be_arranged: bool = False
