"""What is read while places at parts of the agenda are held. Statements are of tables, and put together once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, func, select

from app.agenda.models import AgendaItem
from app.agenda.rules import Slot, Span
from app.events.models import Event
from app.kernel.dates import DatePrecision
from app.kernel.db import db, table_of
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration
from app.registration.rules import ItemStanding

_seats, _places, _people = table_of(Allotment), table_of(ItemPlace), table_of(Registration)
_items, _events = table_of(AgendaItem), table_of(Event)


@dataclass(frozen=True, slots=True)
class ItemSeats:
    """Places of a part of the agenda while they are held."""

    id: int
    capacity: int | None
    next_number: int


@dataclass(frozen=True, slots=True)
class ItemCount:
    """Seats that are taken at a part of the agenda, and how many people wait there."""

    taken: int
    queued: int


@dataclass(frozen=True, slots=True)
class PlaceAtItem:
    """Somebody's place at a part of the agenda, or the wish for one."""

    id: int
    registration_id: int
    allotment_id: int
    standing: ItemStanding


@dataclass(frozen=True, slots=True)
class QueuedAtItem:
    """Somebody who waits for a part of the agenda, and how many seats are wanted."""

    id: int
    registration_id: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """A part of the agenda that may be chosen: its allotment (``id``), when it is, and until when it could be."""

    id: int
    item_id: int
    closes_at: datetime | None
    slot: Slot
    span: Span


_HOLD = (
    select(_seats.c.id, _seats.c.capacity, _seats.c.next_number)
    .where(_seats.c.id.in_(bindparam("ids", expanding=True)), _seats.c.kind == AllotmentKind.ITEM)
    .order_by(_seats.c.id)
    .with_for_update()
)
_OF_EVENT = select(_seats.c.id).where(_seats.c.event_id == bindparam("event_id"), _seats.c.kind == AllotmentKind.ITEM)
_OF_PEOPLE = select(_places.c.id, _places.c.registration_id, _places.c.allotment_id, _places.c.standing).where(
    _places.c.registration_id.in_(bindparam("ids", expanding=True))
)


def hold_items(ids: Collection[int]) -> Sequence[ItemSeats]:
    """Hold the places of parts of the agenda, in the order of their allotments, after those of the event."""
    return [ItemSeats(*row) for row in db.session.execute(_HOLD, {"ids": sorted(ids)})]


def sign_up_ids(event_id: int) -> Sequence[int]:
    """The allotments of the parts of an event."""
    return db.session.scalars(_OF_EVENT, {"event_id": event_id}).all()


def item_places_of(registration_ids: Collection[int]) -> list[PlaceAtItem]:
    """The places of some people, as they stand in the database now."""
    return [PlaceAtItem(*row) for row in db.session.execute(_OF_PEOPLE, {"ids": list(registration_ids)})]


_COUNTS = (
    select(
        _places.c.allotment_id,
        _places.c.standing,
        func.sum(_people.c.seats).label("seats"),
        func.count().label("people"),
    )
    .join(_people, _people.c.id == _places.c.registration_id)
    .where(
        _places.c.allotment_id.in_(bindparam("ids", expanding=True)),
        _places.c.standing.in_([ItemStanding.SEATED, ItemStanding.QUEUED]),
    )
    .group_by(_places.c.allotment_id, _places.c.standing)
)
_QUEUE = (
    select(_places.c.id, _places.c.registration_id, _people.c.seats)
    .join(_people, _people.c.id == _places.c.registration_id)
    .where(_places.c.allotment_id == bindparam("allotment_id"), _places.c.standing == ItemStanding.QUEUED)
    .order_by(_places.c.number)
)
_FIRST = _QUEUE.limit(bindparam("most"))


def item_counts(allotment_ids: Collection[int]) -> dict[int, ItemCount]:
    """Who sits and who waits at parts of the agenda; true only while their places are held."""
    counts = {one: ItemCount(taken=0, queued=0) for one in allotment_ids}
    for row in db.session.execute(_COUNTS, {"ids": list(allotment_ids)}):
        if row.standing is ItemStanding.SEATED:
            counts[row.allotment_id] = replace(counts[row.allotment_id], taken=row.seats)
        else:
            counts[row.allotment_id] = replace(counts[row.allotment_id], queued=row.people)
    return counts


def seats_taken(allotment_id: int) -> int:
    """Seats at a part of the agenda that somebody has, companions counted."""
    return item_counts([allotment_id])[allotment_id].taken


def item_queue(allotment_id: int, *, most: int | None = None) -> list[QueuedAtItem]:
    """Who waits for a part of the agenda, in order; ``most`` of its beginning."""
    values = {"allotment_id": allotment_id} | ({} if most is None else {"most": most})
    return [QueuedAtItem(*row) for row in db.session.execute(_QUEUE if most is None else _FIRST, values)]


_CHOICE = (
    select(
        _seats.c.id,
        _seats.c.closes_at,
        _items.c.id.label("item_id"),
        _items.c.day,
        _items.c.start_minute,
        _items.c.end_minute,
        _items.c.timezone,
        _events.c.timezone.label("zone"),
        _events.c.date_precision,
        _events.c.starts_at,
        _events.c.ends_at,
    )
    .join(_items, _items.c.id == _seats.c.agenda_item_id)
    .join(_events, _events.c.id == _seats.c.event_id)
    .where(_seats.c.event_id == bindparam("event_id"), _seats.c.kind == AllotmentKind.ITEM)
    .order_by(_items.c.day, _items.c.start_minute, _items.c.id)
)


def sign_ups_for(event_id: int, item_ids: Collection[int]) -> list[SignUp]:
    """Some parts of the agenda that take sign-ups, with what a choice among them is checked by."""
    rows = db.session.execute(_CHOICE, {"event_id": event_id})
    return [
        SignUp(
            id=row.id,
            item_id=row.item_id,
            closes_at=row.closes_at,
            slot=Slot(day=row.day, start_minute=row.start_minute, end_minute=row.end_minute, zone=row.timezone),
            span=Span(zone=row.zone, starts_at=row.starts_at, ends_at=row.ends_at)
            if row.date_precision is DatePrecision.DAY
            else Span(zone=row.zone),
        )
        for row in rows
        if row.item_id in item_ids  # here rather than there: what is typed may be no number of a row at all
    ]
