from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsChanged(Fact):
    """Meetings of these registrations came, moved or went."""

    event_id: int
    registration_ids: frozenset[int]
    at: datetime
