from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChanged(Fact):
    """Something was noted about whether somebody is or was there."""

    event_id: int
    registration_id: int
