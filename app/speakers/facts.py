from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersShown(Fact):
    """Biography, photo or the consent to show them became another, so the event's public page does too."""

    event_id: int
