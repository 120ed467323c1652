"""Parts of the agenda with places of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from app.agenda.models import AgendaItem
from app.kernel.db import db, table_of
from app.kernel.texts import Texts
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration
from app.registration.rules import LIVE, ItemStanding
from app.venues.models import Room

_places = table_of(ItemPlace)


def item_allotments_of(registration_id: int) -> list[int]:
    """The allotments of the parts of the agenda where somebody has or awaits a place."""
    return list(db.session.scalars(select(_places.c.allotment_id).where(_places.c.registration_id == registration_id)))


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


def beyond_their_rooms(event_id: int) -> list[tuple[Allotment, int]]:
    """Parts of the agenda that take more sign-ups than their room has seats, with how many these are."""
    rows = db.session.execute(
        select(Allotment, Room.seats)
        .join(AgendaItem, AgendaItem.id == Allotment.agenda_item_id)
        .join(Room, Room.id == AgendaItem.room_id)
        .where(Allotment.event_id == event_id, Allotment.capacity.is_(None) | (Allotment.capacity > Room.seats))
        .where(Room.seats.is_not(None))
        .order_by(Allotment.id)
    )
    return [(row[0], row[1]) for row in rows]


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


def numbers_in_queues(registration_id: int) -> dict[int, int]:
    """Where somebody stands in the queues of parts of the agenda, counted from 1, by their allotments."""
    ahead = _places.alias("ahead")
    rows = db.session.execute(
        select(_places.c.allotment_id, func.count())
        .join(
            ahead,
            and_(
                ahead.c.allotment_id == _places.c.allotment_id,
                ahead.c.standing == ItemStanding.QUEUED,
                ahead.c.number <= _places.c.number,
            ),
        )
        .where(_places.c.registration_id == registration_id, _places.c.standing == ItemStanding.QUEUED)
        .group_by(_places.c.allotment_id)
    )
    return {row[0]: row[1] for row in rows}


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


def seated_by_item(event_id: int) -> dict[int, frozenset[int]]:
    """Who has a place at which part of the agenda; parts that take sign-ups and have none yet are empty."""
    rows = db.session.execute(
        select(Allotment.agenda_item_id, _places.c.registration_id)
        .outerjoin(_places, and_(_places.c.allotment_id == Allotment.id, _places.c.standing == ItemStanding.SEATED))
        .where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.ITEM)
    )
    people: dict[int, set[int]] = {}
    for item_id, registration_id in rows:
        if item_id is not None:
            people.setdefault(item_id, set()).update({registration_id} - {None})
    return {item_id: frozenset(ids) for item_id, ids in people.items()}
