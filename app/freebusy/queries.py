from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.agenda.models import AgendaItem, AgendaPerson
from app.events.models import Event, EventOrganisation, EventPerson
from app.events.rules import ORGANISING, Status
from app.freebusy.errors import CalendarNotFound, DraftNotFound, RoomNotFound
from app.freebusy.models import (
    CalendarDraft,
    FreeBusyAddress,
    ImportedCalendar,
    ImportedTimeRow,
    imported_calendar_room,
)
from app.freebusy.rules import ImportedTime, Occupancy, Use
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.network.models import Region, ThematicGroup
from app.venues.models import Room, Venue

_FRESH = {"populate_existing": True}
_TAKES_PLACE = (Status.DRAFT, Status.PUBLISHED, Status.HELD, Status.ARCHIVED)


def calendar(calendar_id: int, *, lock: bool = False) -> ImportedCalendar:
    """With its file; raises CalendarNotFound."""
    query = select(ImportedCalendar).where(ImportedCalendar.id == calendar_id)
    query = query.options(undefer(ImportedCalendar.content), selectinload(ImportedCalendar.rooms))
    found = db.session.scalar(query.with_for_update() if lock else query, execution_options=_FRESH)
    if found is None:
        raise CalendarNotFound(calendar=calendar_id)
    return found


def calendars(organisation_ids: frozenset[int] | None) -> Sequence[ImportedCalendar]:
    """The calendars of these organisations, or all of them, by organisation and name."""
    query = select(ImportedCalendar).order_by(ImportedCalendar.organisation_id, ImportedCalendar.name)
    if organisation_ids is not None:
        query = query.where(ImportedCalendar.organisation_id.in_(organisation_ids))
    query = query.options(joinedload(ImportedCalendar.organisation), selectinload(ImportedCalendar.rooms))
    return db.session.scalars(query).all()


def count_calendars(organisation_id: int) -> int:
    query = select(func.count()).select_from(ImportedCalendar)
    return db.session.scalar(query.where(ImportedCalendar.organisation_id == organisation_id)) or 0


def due(now: datetime) -> Sequence[int]:
    """Calendars that wait for another look."""
    query = select(ImportedCalendar.id).where(ImportedCalendar.next_at <= now)
    return db.session.scalars(query.order_by(ImportedCalendar.next_at, ImportedCalendar.id).limit(500)).all()


def draft(draft_id: int, *, lock: bool = False) -> CalendarDraft:
    """With its file; raises DraftNotFound."""
    query = select(CalendarDraft).where(CalendarDraft.id == draft_id).options(undefer(CalendarDraft.content))
    found = db.session.scalar(query.with_for_update() if lock else query, execution_options=_FRESH)
    if found is None:
        raise DraftNotFound(draft=draft_id)
    return found


def times(calendar_id: int | None) -> dict[str, ImportedTime]:
    """What stands of a calendar, by key."""
    query = select(ImportedTimeRow).where(ImportedTimeRow.calendar_id == calendar_id)
    return {row.key: time_of(row) for row in db.session.scalars(query)}


def coming_times(calendar_id: int, now: datetime, *, limit: int) -> Sequence[ImportedTimeRow]:
    """What a calendar shows from now on."""
    query = select(ImportedTimeRow).where(ImportedTimeRow.calendar_id == calendar_id, ImportedTimeRow.ends_at > now)
    return db.session.scalars(query.order_by(ImportedTimeRow.begins_at, ImportedTimeRow.id).limit(limit)).all()


def time_of(row: ImportedTimeRow) -> ImportedTime:
    return ImportedTime(
        key=row.key,
        begins=row.begins_at,
        ends=row.ends_at,
        all_day=row.all_day,
        title=row.title,
        standing=row.standing,
    )


def imported_at(
    room_ids: Collection[int], start: datetime, end: datetime, planning_ids: frozenset[int] | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """What imported calendars say of rooms in a span: of whoever runs the room, and of those who plan.

    Anybody can import a calendar for any room; it counts for others only if the operator did. None: of everybody.
    """
    counts: ColumnElement[bool] = ImportedCalendar.organisation_id == Venue.operator_id
    if planning_ids is not None:
        counts = or_(counts, ImportedCalendar.organisation_id.in_(planning_ids))
    query = (
        select(
            imported_calendar_room.c.room_id,
            ImportedTimeRow.begins_at,
            ImportedTimeRow.ends_at,
            ImportedTimeRow.standing,
            ImportedTimeRow.title,
            ImportedCalendar.organisation_id,
        )
        .join(ImportedCalendar, ImportedCalendar.id == imported_calendar_room.c.calendar_id)
        .join(ImportedTimeRow, ImportedTimeRow.calendar_id == ImportedCalendar.id)
        .join(Room, Room.id == imported_calendar_room.c.room_id)
        .join(Venue, Venue.id == Room.venue_id)
        .where(
            imported_calendar_room.c.room_id.in_(room_ids),
            ImportedTimeRow.begins_at < end,
            ImportedTimeRow.ends_at > start,
            ImportedTimeRow.standing != Occupancy.FREE,
            counts,
        )
        .order_by(ImportedTimeRow.begins_at, ImportedTimeRow.id)
    )
    return db.session.execute(query).all()


def items_in_rooms(
    room_ids: Collection[int], start: datetime, end: datetime, *, without: int | None = None
) -> Sequence[Row[int | None, AgendaItem, Event]]:
    """Parts of events in these rooms, of events that touch a span and take place; ``without`` one event."""
    query = select(AgendaItem.room_id, AgendaItem, Event).join(Event, Event.id == AgendaItem.event_id)
    query = query.where(AgendaItem.room_id.in_(room_ids), *_dated(start, end), Event.id != (without or 0))
    return db.session.execute(query.order_by(AgendaItem.id)).all()


def items_of_persons(
    person_ids: Collection[int], start: datetime, end: datetime, *, without: int | None = None
) -> Sequence[Row[int, AgendaItem, Event]]:
    """The same for what people have to do at events."""
    query = (
        select(AgendaPerson.person_id, AgendaItem, Event)
        .join(AgendaItem, AgendaItem.id == AgendaPerson.item_id)
        .join(Event, Event.id == AgendaItem.event_id)
        .where(AgendaPerson.person_id.in_(person_ids), *_dated(start, end), Event.id != (without or 0))
    )
    return db.session.execute(query.order_by(AgendaItem.id)).all()


def events_of_persons(
    person_ids: Collection[int], start: datetime, end: datetime, *, without: int | None = None
) -> Sequence[Row[int, Event]]:
    """Events in which people have a part, whether or not they stand on the agenda."""
    query = select(EventPerson.person_id, Event).join(Event, Event.id == EventPerson.event_id)
    query = query.where(EventPerson.person_id.in_(person_ids), *_dated(start, end), Event.id != (without or 0))
    return db.session.execute(query.order_by(Event.id)).unique().all()


def _dated(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Event.status.in_(_TAKES_PLACE),
        Event.date_precision == DatePrecision.DAY,
        Event.starts_at < end,
        Event.ends_at > start,
    )


def organising(event_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Whose managers manage these events."""
    query = select(EventOrganisation.event_id, EventOrganisation.organisation_id)
    query = query.where(EventOrganisation.event_id.in_(event_ids), EventOrganisation.role.in_(ORGANISING))
    found: dict[int, set[int]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.event_id, set()).add(row.organisation_id)
    return {event_id: frozenset(ids) for event_id, ids in found.items()}


def partner_times(
    organisation_ids: frozenset[int] | None, start: datetime, end: datetime, *, limit: int
) -> Sequence[ImportedTimeRow]:
    """Dates of partners in a span, from the calendars of these organisations or of all."""
    query = (
        select(ImportedTimeRow)
        .join(ImportedTimeRow.calendar)
        .where(ImportedCalendar.use == Use.PARTNER, ImportedTimeRow.begins_at < end, ImportedTimeRow.ends_at > start)
        .options(joinedload(ImportedTimeRow.calendar))
        .order_by(ImportedTimeRow.begins_at, ImportedTimeRow.id)
        .limit(limit)
    )
    if organisation_ids is not None:
        query = query.where(ImportedCalendar.organisation_id.in_(organisation_ids))
    return db.session.scalars(query).all()


def rooms(room_ids: Collection[int]) -> Sequence[Room]:
    query = select(Room).where(Room.id.in_(room_ids)).options(joinedload(Room.venue)).order_by(Room.name)
    return db.session.scalars(query).all()


def room(room_id: int, slug: str | None = None) -> Room:
    """With its venue, of just that slug if one is given; raises RoomNotFound."""
    query = select(Room).join(Room.venue).where(Room.id == room_id).options(joinedload(Room.venue))
    found = db.session.scalar(query.where(Venue.slug == slug) if slug is not None else query)
    if found is None:
        raise RoomNotFound(room=room_id)
    return found


def room_choices(organisation_ids: frozenset[int] | None) -> Sequence[Room]:
    """Rooms that these organisations run, and those of venues where they hold events; None means every room."""
    query = select(Room).join(Room.venue).options(joinedload(Room.venue)).order_by(Venue.city, Venue.id, Room.name)
    if organisation_ids is not None:
        held = (
            select(Event.venue_id)
            .join(EventOrganisation, EventOrganisation.event_id == Event.id)
            .where(EventOrganisation.organisation_id.in_(organisation_ids), EventOrganisation.role.in_(ORGANISING))
        )
        query = query.where(or_(Venue.operator_id.in_(organisation_ids), Venue.id.in_(held)))
    return db.session.scalars(query.limit(500)).all()


def run_rooms(organisation_ids: frozenset[int] | None) -> Sequence[Row[Room, FreeBusyAddress | None]]:
    """The rooms that these organisations run, or all, with their secret addresses."""
    query = (
        select(Room, FreeBusyAddress)
        .join(Room.venue)
        .outerjoin(FreeBusyAddress, FreeBusyAddress.room_id == Room.id)
        .options(joinedload(Room.venue))
        .order_by(Venue.city, Venue.id, Room.name)
    )
    if organisation_ids is not None:
        query = query.where(Venue.operator_id.in_(organisation_ids))
    return db.session.execute(query.limit(200)).all()


def address_of(*, room_id: int | None = None, person_id: int | None = None) -> FreeBusyAddress | None:
    query = select(FreeBusyAddress)
    is_it = FreeBusyAddress.room_id == room_id if room_id else FreeBusyAddress.person_id == person_id
    return db.session.scalar(query.where(is_it))


def address(secret_digest: str) -> FreeBusyAddress | None:
    return db.session.scalar(select(FreeBusyAddress).where(FreeBusyAddress.secret_digest == secret_digest))


def region(code: str) -> Region | None:
    return db.session.get(Region, code)


def group(group_id: int) -> ThematicGroup | None:
    return db.session.get(ThematicGroup, group_id)


def group_choices() -> Sequence[ThematicGroup]:
    return db.session.scalars(select(ThematicGroup).order_by(ThematicGroup.project_id, ThematicGroup.position)).all()
