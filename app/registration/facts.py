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
    """A place has another person now; ``former_email`` was told nothing yet.

    ``invitation_sequence`` is that of the change: newer than every entry the former person's calendar has.
    """

    event_id: int
    registration_id: int
    former_email: str
    former_name: str
    former_locale: str
    invitation_sequence: int
    at: datetime
    replaced_by: int | None = None  # the organisation that sends somebody else; None where the person decided it


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPlacesChanged(Fact):
    """Places at parts of the agenda were given, lost or awaited; ``risen_ids``: given to those who had waited."""

    event_id: int
    at: datetime
    registration_ids: frozenset[int]
    risen_ids: frozenset[int] = frozenset()
