"""What a form, a template or a copy says about an item."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.agenda.rules import AgendaRole, ItemKind, PhotoPolicy, Slot, TravelMode
from app.events.rules import Audience
from app.kernel.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInput:
    """``organisation_id`` is the organisation at that time; without one it is the present one."""

    person_id: int
    role: AgendaRole
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopInput:
    host_id: int | None = None
    venue_id: int | None = None
    gate: str | None = None
    group_limit: int | None = None
    protective_equipment: tuple[str, ...] = ()
    needs_identity: bool = False
    identity_days_before: int | None = None
    photo_policy: PhotoPolicy = PhotoPolicy.ASK
    needs_nondisclosure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseTerms:
    """What a host says of its house; the rest of the stop is the organiser's."""

    gate: str | None
    group_limit: int | None
    protective_equipment: tuple[str, ...]
    needs_identity: bool
    identity_days_before: int | None
    photo_policy: PhotoPolicy
    needs_nondisclosure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegInput:
    mode: TravelMode
    departs_from: str
    arrives_at: str
    arrival_timezone: str | None = None
    operator: str | None = None
    seats: int | None = None
    meeting_point: str | None = None
    distance_km: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInput:
    """The end of a leg is what the clock shows where it arrives."""

    slot: Slot
    kind: ItemKind
    title: Texts
    abstract: Texts = field(default_factory=Texts)
    audience: Audience | None = None
    track: str | None = None
    room_id: int | None = None
    capacity: int | None = None
    persons: tuple[PersonInput, ...] = ()
    stop: StopInput | None = None
    leg: LegInput | None = None
