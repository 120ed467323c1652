"""Parts of the agenda with places of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from app.agenda.models import AgendaItem
from app.kernel.db import db, table_of
from app.kernel.texts import Texts
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration
from app.registration.rules import LIVE, ItemStanding

_seats, _places, _people = table_of(Allotment), table_of(ItemPlace), table_of(Registration)


@dataclass(frozen=True, slots=True)
class ItemSeats:
    """Places of a part of the agenda while they are held."""

    id: int
    capacity: int | None
    next_number: int


_HOLD = (
    select(_seats.c.id, _seats.c.capacity, _seats.c.next_number)
    .where(_seats.c.id.in_(bindparam("ids", expanding=True)), _seats.c.kind == AllotmentKind.ITEM)
    .order_by(_seats.c.id)
    .with_for_update()
)
_OF_PEOPLE = select(ItemPlace).where(ItemPlace.registration_id.in_(bindparam("ids", expanding=True)))
_HAS_PLACES = select(_places.c.id).where(_places.c.registration_id.in_(bindparam("ids", expanding=True))).limit(1)


def hold_items(ids: Collection[int]) -> Sequence[ItemSeats]:
    """Hold the places of parts of the agenda, in the order of their allotments, after those of the event."""
    return [ItemSeats(*row) for row in db.session.execute(_HOLD, {"ids": sorted(ids)})]


def item_places_of(registration_ids: Collection[int]) -> Sequence[ItemPlace]:
    """The places of some people, read anew."""
    if db.session.execute(_HAS_PLACES, {"ids": list(registration_ids)}).first() is None:
        return []
    return db.session.scalars(
        _OF_PEOPLE, {"ids": list(registration_ids)}, execution_options={"populate_existing": True}
    ).all()


def item_allotments_of(registration_id: int) -> list[int]:
    """The allotments of the parts of the agenda where somebody has or awaits a place."""
    return list(db.session.scalars(select(_places.c.allotment_id).where(_places.c.registration_id == registration_id)))


def seats_taken(allotment_id: int) -> int:
    """Seats at a part of the agenda that somebody has, companions counted."""
    return db.session.scalar(_TAKEN, {"allotment_id": allotment_id}) or 0


_QUEUED = (_places.c.allotment_id == bindparam("allotment_id"), _places.c.standing == ItemStanding.QUEUED)
_COUNT_QUEUED = select(func.count()).select_from(_places).where(*_QUEUED)
_QUEUE = select(ItemPlace, Registration.seats).join(Registration).where(*_QUEUED).order_by(ItemPlace.number)
_TAKEN = (
    select(func.coalesce(func.sum(_people.c.seats), 0))
    .join(_places, _places.c.registration_id == _people.c.id)
    .where(_places.c.allotment_id == bindparam("allotment_id"), _places.c.standing == ItemStanding.SEATED)
)


def count_item_queue(allotment_id: int) -> int:
    """How many people wait for a part of the agenda."""
    return db.session.scalar(_COUNT_QUEUED, {"allotment_id": allotment_id}) or 0


def item_queue(allotment_id: int, *, most: int | None = None) -> Sequence[tuple[ItemPlace, int]]:
    """Who waits for a part of the agenda, in order, and how many seats each wants; ``most`` of its beginning."""
    rows = db.session.execute(
        _QUEUE.limit(most) if most is not None else _QUEUE,
        {"allotment_id": allotment_id},
        execution_options={"populate_existing": True},
    )
    return [(row[0], row[1]) for row in rows]


def agenda_item(event_id: int, item_id: int) -> AgendaItem | None:
    """A part of the agenda with its room."""
    return db.session.scalar(
        select(AgendaItem)
        .where(AgendaItem.event_id == event_id, AgendaItem.id == item_id)
        .options(joinedload(AgendaItem.room))
    )


def title_of_item(item_id: int) -> Texts:
    """What a part of the agenda is called."""
    return db.session.scalars(select(AgendaItem.title).where(AgendaItem.id == item_id)).one()


def allotment_of_item(item_id: int) -> Allotment | None:
    return db.session.scalar(select(Allotment).where(Allotment.agenda_item_id == item_id).with_for_update())


def sign_ups(event_id: int) -> Sequence[Allotment]:
    """Parts of the agenda that take sign-ups, with what is shown of them, in the order of the agenda."""
    return db.session.scalars(
        select(Allotment)
        .join(AgendaItem, AgendaItem.id == Allotment.agenda_item_id)
        .where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.ITEM)
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
        .options(joinedload(Allotment.item).joinedload(AgendaItem.room)),
        execution_options={"populate_existing": True},  # the counts are written past the unit of work
    ).all()


def sign_ups_for(event_id: int, item_ids: Collection[int]) -> Sequence[Allotment]:
    """The same for some parts only."""
    return [one for one in sign_ups(event_id) if one.agenda_item_id in item_ids]


def participants_of_item(item_id: int) -> Sequence[Registration]:
    """Who has a place at a part of the agenda."""
    return db.session.scalars(
        select(Registration)
        .join(ItemPlace)
        .join(Allotment, Allotment.id == ItemPlace.allotment_id)
        .where(Allotment.agenda_item_id == item_id, ItemPlace.standing == ItemStanding.SEATED)
        .order_by(ItemPlace.number)
    ).all()


def standings_of(registration_id: int) -> dict[int, ItemStanding]:
    """Where somebody stands with the parts of the agenda that he or she chose, by their allotments."""
    rows = db.session.execute(
        select(_places.c.allotment_id, _places.c.standing).where(_places.c.registration_id == registration_id)
    )
    return {row.allotment_id: row.standing for row in rows}


def last_change_of(item_ids: Collection[int]) -> datetime:
    """When parts of the agenda were changed last."""
    return db.session.scalars(
        select(AgendaItem.content_changed_at)
        .where(AgendaItem.id.in_(list(item_ids)))
        .order_by(AgendaItem.content_changed_at.desc())
        .limit(1)
    ).one()


def people_at_items(item_ids: Collection[int]) -> Sequence[Registration]:
    """Who has, awaits or wants a place at any of some parts of the agenda."""
    theirs = (
        select(ItemPlace.registration_id)
        .join(Allotment, Allotment.id == ItemPlace.allotment_id)
        .where(Allotment.agenda_item_id.in_(list(item_ids)))
    )
    return db.session.scalars(
        select(Registration).where(Registration.id.in_(theirs), Registration.place.in_(LIVE)).order_by(Registration.id)
    ).all()
