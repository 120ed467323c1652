"""Turns rows into the values that rules read, and reads the whole agenda with them."""

from __future__ import annotations

from collections.abc import Sequence

from app.agenda.busy import busy_rooms, clashes
from app.agenda.checks import findings
from app.agenda.groups import group_size
from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.keeping import keeper
from app.agenda.models import AgendaItem
from app.agenda.rules import Finding, Part, Slot, Span
from app.agenda.sign_ups import sign_ups
from app.events.models import Event
from app.kernel.dates import DatePrecision


def span_of(event: Event) -> Span:
    if event.date_precision is not DatePrecision.DAY:
        return Span(zone=event.timezone)
    return Span(zone=event.timezone, starts_at=event.starts_at, ends_at=event.ends_at)


def slot_of(item: AgendaItem) -> Slot:
    return Slot(day=item.day, start_minute=item.start_minute, end_minute=item.end_minute, zone=item.timezone)


def input_of(item: AgendaItem) -> ItemInput:
    """What an item says, its end in its own zone: written into a row again it changes nothing."""
    stop, leg = item.stop, item.leg
    return ItemInput(
        slot=slot_of(item),
        kind=item.kind,
        title=item.title,
        abstract=item.abstract,
        audience=item.audience,
        track=item.track,
        room_id=item.room_id,
        capacity=item.capacity,
        persons=tuple(
            PersonInput(person_id=part.person_id, role=part.role, organisation_id=part.organisation_id)
            for part in item.persons
        ),
        stop=StopInput(
            **{name: getattr(stop, name) for name in StopInput.__slots__}
            | {"protective_equipment": tuple(stop.protective_equipment or ())}
        )
        if stop
        else None,
        leg=LegInput(**{name: getattr(leg, name) for name in LegInput.__slots__}) if leg else None,
    )


def part_of(item: AgendaItem, signed_up: frozenset[int] = frozenset()) -> Part:
    return Part(
        id=item.id,
        slot=slot_of(item),
        kind=item.kind,
        room_id=item.room_id,
        room_seats=item.room.seats if item.room else None,
        venue_id=_venue_id(item),
        capacity=item.capacity,
        people=frozenset(part.person_id for part in item.persons),
        is_leg=item.leg is not None,
        is_stop=item.stop is not None,
        group_limit=item.stop.group_limit if item.stop else None,
        signed_up=signed_up,
    )


def read_agenda(event: Event, items: Sequence[AgendaItem]) -> list[Finding]:
    """Everything that is the matter with these items of an event, with its rooms' other duties last."""
    people, span = sign_ups(event.id), span_of(event)
    parts = [part_of(item, people.get(item.id, frozenset())) for item in items]
    busy = busy_rooms(event, {part.room_id for part in parts if part.room_id}, span)
    found = findings(parts, span, group_size=group_size(event.id), changeover=keeper().changeover(event))
    return [*found, *clashes(parts, span, busy)]


def _venue_id(item: AgendaItem) -> int | None:
    if item.stop and item.stop.venue_id:
        return item.stop.venue_id
    return item.room.venue_id if item.room else None
