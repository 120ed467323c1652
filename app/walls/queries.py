from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select

from app.agenda.models import AgendaItem
from app.changes.models import Collection as Versions
from app.changes.rules import PAGES
from app.events.errors import EventNotFound
from app.events.models import Event
from app.kernel.db import db, table_of
from app.venues.models import Room, Venue

_events, _items, _versions = table_of(Event), table_of(AgendaItem), table_of(Versions)
# asked for by every screen and phone, every few seconds: built once, of the tables and not of the entities
_GLANCE = select(
    _events.c.id,
    _events.c.status,
    _events.c.audience,
    _events.c.starts_at,
    _events.c.ends_at,
    _events.c.timezone,
    _events.c.date_precision,
    select(_versions.c.version).where(_versions.c.key == PAGES).scalar_subquery().label("version"),
).where(_events.c.slug == bindparam("slug"))
_SLOTS = select(
    _items.c.id,
    _items.c.day,
    _items.c.start_minute,
    _items.c.end_minute,
    _items.c.timezone,
    _items.c.kind,
    _items.c.audience,
    _items.c.room_id,
).where(_items.c.event_id == bindparam("event_id"))


def glance(slug: str) -> Row[*tuple[Any, ...]]:
    """What says whether anything has changed: the event's times and the version of all pages. Raises EventNotFound."""
    found = db.session.execute(_GLANCE, {"slug": slug}).one_or_none()
    if found is None:
        raise EventNotFound(slug=slug)
    return found


def slots(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """When and where the items of an event are, of what kind, and for whom."""
    return db.session.execute(_SLOTS, {"event_id": event_id}).all()


def room_names(room_ids: Collection[int]) -> dict[int, str]:
    """The names of some rooms by their ids, in the order of the names."""
    query = select(Room.id, Room.name).where(Room.id.in_(room_ids)).order_by(Room.name, Room.id)
    return {row.id: row.name for row in db.session.execute(query)}


def venues(venue_ids: Collection[int]) -> dict[int, Venue]:
    """Some venues by their ids."""
    if not venue_ids:
        return {}
    return {row.id: row for row in db.session.scalars(select(Venue).where(Venue.id.in_(venue_ids)))}
