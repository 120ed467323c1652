from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact
from app.registration.rules import Place, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChanged(Fact):
    """A registration came to its place by a verb."""

    registration_id: int
    event_id: int
    verb: Verb
    place: Place
    email: str
    locale: str
    invitation_sequence: int
    at: datetime
