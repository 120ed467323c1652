"""Writing an item's row, its people, its stop and its leg, and telling of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.agenda import queries
from app.agenda.errors import Impossible, RoomElsewhere, UnknownReference
from app.agenda.facts import AgendaChanged
from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.models import AgendaItem, AgendaPerson, Leg, Stop
from app.agenda.reading import read_agenda, span_of
from app.agenda.rules import ItemKind, Trouble, minute_here
from app.events.models import Event
from app.events.rules import Status
from app.kernel.dates import NoSuchTime, UnknownZone, zone
from app.kernel.db import db
from app.kernel.facts import record
from app.kernel.ids import new_uid
from app.network.models import Organisation, Person
from app.venues.models import Venue

# where the form asks for what an error is about
FIELDS = {Trouble.ROOM_TAKEN: "room_id", Trouble.PERSON_TWICE: "persons", Trouble.OUTSIDE_EVENT: "starts"}


def new_item(event: Event, values: ItemInput, *, now: datetime) -> AgendaItem:
    """A row with a UID of its own; not yet checked."""
    row = AgendaItem(event_id=event.id, uid=new_uid(), created_at=now, content_changed_at=now)
    write(row, event, settled(event, values))
    db.session.add(row)
    db.session.flush()
    return row


def settled(event: Event, values: ItemInput) -> ItemInput:
    """The same with its end in its own zone, also where a form says it on the clock of the arrival.

    Raises UnknownReference or Impossible with their field.
    """
    _check_zone(values.slot.zone, "timezone")
    return replace(
        values,
        slot=replace(values.slot, end_minute=_end_minute(event, values)),
        kind=ItemKind.TRANSFER if values.leg else values.kind,
    )


def write(row: AgendaItem, event: Event, values: ItemInput) -> None:
    """Put settled values into a row; raises UnknownReference or RoomElsewhere with their field."""
    row.day, row.start_minute, row.timezone = values.slot.day, values.slot.start_minute, values.slot.zone
    row.end_minute = values.slot.end_minute
    row.kind = values.kind
    row.audience, row.track, row.capacity = values.audience, values.track, values.capacity
    row.title, row.abstract = values.title, values.abstract
    row.stop = _stop(row, values.stop)
    row.leg = _leg(row, values.leg)
    put_into_room(row, event, values.room_id)
    _put_persons(row, values.persons)


def check(event: Event, *moved: AgendaItem) -> None:
    """Refuse what no reason can overrule in the items that were just written; raises Impossible."""
    db.session.flush()
    ids = {row.id for row in moved}
    for found in read_agenda(event, queries.items(event.id)):
        if found.is_error and ids & {found.item_id, found.other_id}:
            field = FIELDS.get(found.trouble, "ends")
            other_id = found.other_id if found.item_id in ids else found.item_id
            raise Impossible(
                found.trouble, field=field, item_id=found.item_id, other_id=other_id, person_id=found.person_id
            )


def tell(event: Event, *, moves: bool, moved: Iterable[AgendaItem] = (), tells_holders: bool = True) -> None:
    """Record that the agenda changed; ``moves``: a time or a room did, ``moved`` of those that stood there before."""
    db.session.flush()
    tells, moved_ids = moves and event.status is Status.PUBLISHED, frozenset(row.id for row in moved)
    record(AgendaChanged(event_id=event.id, tells=tells, moved_ids=moved_ids, tells_holders=tells_holders))


def _end_minute(event: Event, values: ItemInput) -> int:
    """The end in the item's own zone. The table refuses what ends before it begins, so that is said here first."""
    slot, there = values.slot, values.leg.arrival_timezone if values.leg else None
    end = slot.end_minute
    try:
        if there:
            _check_zone(there, "arrival_timezone")
            end = minute_here(span_of(event), slot.day, slot.end_minute, there=there, here=slot.zone)
    except NoSuchTime as error:
        raise Impossible(Trouble.NO_SUCH_TIME, field="ends") from error
    if end <= slot.start_minute:
        backwards = Trouble.ARRIVES_BEFORE_DEPARTING if values.leg else Trouble.ENDS_BEFORE_START
        raise Impossible(backwards, field="ends")
    return end


def _check_zone(name: str | None, field: str) -> None:
    try:
        zone(name or "UTC")
    except UnknownZone as error:
        raise UnknownReference(field=field) from error


def put_into_room(row: AgendaItem, event: Event, room_id: int | None) -> None:
    """Give an item a room of the event's venue or of its stop's; raises UnknownReference or RoomElsewhere."""
    room = queries.room(room_id) if room_id else None
    if room_id and room is None:
        raise UnknownReference(field="room_id")
    if room and room.venue_id not in {event.venue_id, row.stop.venue_id if row.stop else None}:
        raise RoomElsewhere(field="room_id")
    row.room = room
    row.room_id = room.id if room else None


def _put_persons(row: AgendaItem, persons: tuple[PersonInput, ...]) -> None:
    wanted = {(part.person_id, part.role): part for part in persons}
    if queries.known(Person, (part.person_id for part in persons)) != {person_id for person_id, _role in wanted}:
        raise UnknownReference(field="persons")
    standing = {(part.person_id, part.role): part for part in row.persons}
    new_ids = [person_id for person_id, role in wanted if (person_id, role) not in standing]
    now_at = queries.present_organisations(new_ids) if new_ids else {}
    for key, part in wanted.items():
        if key not in standing:
            standing[key] = AgendaPerson(
                person_id=part.person_id,
                role=part.role,
                organisation_id=part.organisation_id or now_at.get(part.person_id),
            )
        elif part.organisation_id:
            standing[key].organisation_id = part.organisation_id
    row.persons = [standing[key] for key in wanted]


def _stop(row: AgendaItem, values: StopInput | None) -> Stop | None:
    if values is None:
        return None
    if values.host_id and not queries.known(Organisation, [values.host_id]):
        raise UnknownReference(field="host_id")
    if values.venue_id and not queries.known(Venue, [values.venue_id]):
        raise UnknownReference(field="venue_id")
    stop = row.stop or Stop()
    for name in StopInput.__slots__:
        setattr(stop, name, getattr(values, name))
    stop.protective_equipment = list(values.protective_equipment)
    return stop


def _leg(row: AgendaItem, values: LegInput | None) -> Leg | None:
    if values is None:
        return None
    leg = row.leg or Leg()
    for name in LegInput.__slots__:
        setattr(leg, name, getattr(values, name))
    return leg
