from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.kernel.db import db
from app.kernel.texts import Texts
from app.registration.models import Allotment, AllotmentKind, Registration
from app.registration.rules import Place


def demonstration_events(titles: Mapping[str, Texts]) -> dict[str, int]:
    """The ids of the events with these titles, by the keys of the titles."""
    query = select(Event.id, Event.title).where(Event.demonstration).order_by(Event.id.desc())
    ids = {row.title: row.id for row in db.session.execute(query)}
    return {key: ids[title] for key, title in titles.items() if title in ids}


def item_at(event_id: int, day: int, start_minute: int) -> int | None:
    """The first agenda item that begins then."""
    query = select(AgendaItem.id).where(
        AgendaItem.event_id == event_id, AgendaItem.day == day, AgendaItem.start_minute == start_minute
    )
    return db.session.scalar(query.order_by(AgendaItem.id).limit(1))


def items_of_kind(event_id: int, kind: ItemKind) -> list[int]:
    """Agenda items, in the order in which they were added."""
    query = select(AgendaItem.id).where(AgendaItem.event_id == event_id, AgendaItem.kind == kind)
    return list(db.session.scalars(query.order_by(AgendaItem.id)))


def people_with_place(event_id: int, place: Place) -> list[int]:
    """Registrations of an event that stand there, in the order in which they came."""
    query = (
        select(Registration.id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.EVENT, Registration.place == place)
    )
    return list(db.session.scalars(query.order_by(Registration.number)))
