from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.agenda.errors import ItemNotFound
from app.agenda.models import AgendaItem, AgendaPerson, Overruling, Stop
from app.events.models import Event, EventOrganisation, EventPerson
from app.events.rules import Status
from app.kernel.db import Base, db
from app.network.models import Affiliation, Organisation, Person
from app.venues.models import Room, Venue


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(AgendaItem.room),
        joinedload(AgendaItem.leg),
        joinedload(AgendaItem.stop).options(joinedload(Stop.host), joinedload(Stop.venue)),
        selectinload(AgendaItem.persons).options(
            joinedload(AgendaPerson.person), joinedload(AgendaPerson.organisation)
        ),
    )


def coming_items_at(*, moved_id: int | None, room_ids: Collection[int], now: datetime) -> Sequence[AgendaItem]:
    """Items of published events that are not over: in some rooms, or with a stop at the venue ``moved_id``.

    Without those of events that are held at that venue themselves.
    """
    return db.session.scalars(
        select(AgendaItem)
        .join(Event, Event.id == AgendaItem.event_id)
        .outerjoin(Stop, Stop.item_id == AgendaItem.id)
        .where(
            Event.status == Status.PUBLISHED,
            Event.ends_at > now,
            or_(AgendaItem.room_id.in_(room_ids), and_(Stop.venue_id.is_not(None), Stop.venue_id == moved_id)),
            or_(Event.venue_id.is_(None), Event.venue_id.is_distinct_from(moved_id)),
        )
        .order_by(AgendaItem.event_id, AgendaItem.id)
    ).all()


def items(event_id: int) -> Sequence[AgendaItem]:
    """The agenda of an event in the order of time, with everything that is shown of it, in two queries."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.event_id == event_id)
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.end_minute, AgendaItem.id)
        .options(*_whole())
    )
    return db.session.scalars(query).all()


def copied_items(from_id: int, to_id: int) -> dict[int, int]:
    """Which item of a copy came from which of its source, by the source's id: right while the copy is being made."""
    order = (AgendaItem.day, AgendaItem.start_minute, AgendaItem.end_minute, AgendaItem.id)
    rows = db.session.execute(
        select(AgendaItem.event_id, AgendaItem.id).where(AgendaItem.event_id.in_((from_id, to_id))).order_by(*order)
    ).all()
    before, after = ([row.id for row in rows if row.event_id == event_id] for event_id in (from_id, to_id))
    return dict(zip(before, after, strict=True)) if after else {}


def item(event_id: int, item_id: int) -> AgendaItem:
    """An item of this event; raises ItemNotFound."""
    query = select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id).options(*_whole())
    found = db.session.scalar(query)
    if found is None:
        raise ItemNotFound(item_id=item_id)
    return found


def stop_item(event_id: int, item_id: int) -> AgendaItem:
    """An item of this event that is a stop; raises ItemNotFound."""
    found = item(event_id, item_id)
    if found.stop is None:
        raise ItemNotFound(item_id=item_id)
    return found


def overrulings(event_id: int) -> Sequence[Overruling]:
    """The warnings of an event's agenda that somebody accepted."""
    query = select(Overruling).join(AgendaItem).where(AgendaItem.event_id == event_id).order_by(Overruling.id)
    return db.session.scalars(query).all()


def overruling(item_id: int, warning: str) -> Overruling | None:
    return db.session.scalar(select(Overruling).where(Overruling.item_id == item_id, Overruling.warning == warning))


def overrulings_of(item_ids: Collection[int]) -> Sequence[Overruling]:
    if not item_ids:
        return ()
    return db.session.scalars(select(Overruling).where(Overruling.item_id.in_(item_ids))).all()


def room(room_id: int) -> Room | None:
    return db.session.get(Room, room_id)


def known(table: type[Base], ids: Iterable[int]) -> set[int]:
    """Which of these ids the table has."""
    wanted = set(ids)
    if not wanted:
        return set()
    column = table.__table__.c.id
    return set(db.session.scalars(select(column).where(column.in_(wanted))))


def present_organisations(person_ids: Collection[int]) -> dict[int, int]:
    """Where these people work now; of several organisations the one they manage, or joined first."""
    query = (
        select(Affiliation.person_id, Affiliation.organisation_id)
        .where(Affiliation.person_id.in_(person_ids), Affiliation.until.is_(None))
        .order_by(Affiliation.is_manager.desc(), Affiliation.id)
    )
    present: dict[int, int] = {}
    for row in db.session.execute(query):
        present.setdefault(row.person_id, row.organisation_id)
    return present


def rooms_of(venue_ids: Collection[int]) -> Sequence[Room]:
    """The rooms of these venues, with their venues."""
    query = select(Room).where(Room.venue_id.in_(venue_ids)).options(joinedload(Room.venue))
    return db.session.scalars(query.order_by(Room.venue_id, Room.name)).all()


def people_at(event_id: int) -> Sequence[Person]:
    """Who may be put on the agenda: people with a part in the event or its agenda, and those of its organisations."""
    organisations = select(EventOrganisation.organisation_id).where(EventOrganisation.event_id == event_id)
    candidates = (
        select(EventPerson.person_id).where(EventPerson.event_id == event_id),
        select(AgendaPerson.person_id).join(AgendaItem).where(AgendaItem.event_id == event_id),
        select(Affiliation.person_id).where(
            Affiliation.organisation_id.in_(organisations), Affiliation.until.is_(None)
        ),
    )
    wanted = candidates[0].union(*candidates[1:])
    query = select(Person).where(Person.id.in_(wanted)).order_by(Person.family_name, Person.given_name, Person.id)
    return db.session.scalars(query).all()


def organisation_choices(event_id: int, person_ids: Collection[int]) -> list[tuple[int, str]]:
    """``(id, name)`` of the organisations with a part in the event or its agenda, and of where these people work."""
    wanted = select(EventOrganisation.organisation_id).where(EventOrganisation.event_id == event_id)
    hosts = select(Stop.host_id).join(AgendaItem).where(AgendaItem.event_id == event_id)
    then = select(AgendaPerson.organisation_id).join(AgendaItem).where(AgendaItem.event_id == event_id)
    works = select(Affiliation.organisation_id).where(Affiliation.person_id.in_(person_ids))
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted.union(hosts, then, works)))
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Organisation.name))]


def venues_in(country_code: str | None) -> Sequence[Venue]:
    """Venues where a stop can be, those of the event's country first."""
    query = select(Venue).order_by((Venue.country_code != (country_code or "")), Venue.city, Venue.slug)
    return db.session.scalars(query).all()
