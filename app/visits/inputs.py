"""What the organiser's forms say about an entry of the itinerary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.agenda.inputs import LegInput
from app.agenda.rules import PhotoPolicy
from app.kernel.texts import Texts
from app.visits.rules.times import Pauses


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInput:
    """``starts``: wall-clock minutes of the day where it begins; ``minutes``: how long it takes.

    ``title``, ``host_id`` and ``venue_id`` are asked of stops, ``leg`` of legs; the rest of a stop is left as it is.
    """

    starts: int
    minutes: int
    pauses: Pauses
    title: Texts | None = None
    host_id: int | None = None
    venue_id: int | None = None
    leg: LegInput | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskInput:
    """Whom to ask, in which language, until which day of the event's calendar."""

    name: str
    email: str
    locale: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HostAnswer:
    """What a host says. ``names_due_on``: the day on which the names are needed; None: on that of the stop itself."""

    group_limit: int | None
    protective_equipment: tuple[str, ...]
    photo_policy: PhotoPolicy
    needs_nondisclosure: bool
    needs_identity: bool
    names_due_on: date | None
    gate: str
    safety: Texts
    access: str
    contact_name: str
    contact_phone: str
    shows_contact: bool
    note: str
