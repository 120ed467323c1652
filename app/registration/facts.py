from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact
from app.registration.rules import Place, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChange:
    """A registration came to its place by a verb."""

    registration_id: int
    verb: Verb
    before: Place | None
    place: Place
    email: str
    locale: str
    invitation_sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesChanged(Fact):
    """Registrations of one event came to their places: one, or a crowd that was let in together."""

    event_id: int
    at: datetime
    changes: tuple[PlaceChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatHandedOver(Fact):
    """A place has another person now; ``former_email`` was told nothing yet."""

    event_id: int
    registration_id: int
    former_email: str
    former_name: str
    former_locale: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPlacesChanged(Fact):
    """Places at parts of the agenda were given, lost or awaited."""

    event_id: int
    at: datetime
    registration_ids: frozenset[int]
