from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.agenda.models import AgendaItem, Leg, Stop
from app.events.models import Event
from app.events.rules import Status
from app.kernel.db import db
from app.registration.models import Allotment, AllotmentKind, Registration
from app.registration.rules import Place
from app.visits.errors import HostNotFound
from app.visits.models import HostRequest, VisitEmergency
from app.visits.rules.hosts import HostState

TAKING_PLACE = (Status.DRAFT, Status.PUBLISHED)


def people_with_a_place(event_id: int) -> int:
    """How many come for certain, companions included."""
    query = (
        select(func.coalesce(func.sum(Registration.seats), 0))
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(
            Allotment.event_id == event_id,
            Allotment.kind == AllotmentKind.EVENT,
            Registration.place == Place.CONFIRMED,
        )
    )
    return db.session.scalar(query) or 0


def has_itinerary(event_id: int) -> bool:
    """Whether an event has stops or legs."""
    query = (
        select(AgendaItem.id)
        .outerjoin(Stop, Stop.item_id == AgendaItem.id)
        .outerjoin(Leg, Leg.item_id == AgendaItem.id)
        .where(AgendaItem.event_id == event_id, or_(Stop.item_id.is_not(None), Leg.item_id.is_not(None)))
    )
    return db.session.scalar(query.limit(1)) is not None


def emergency_of(event_id: int) -> VisitEmergency | None:
    """Whom participants of an event call."""
    return db.session.get(VisitEmergency, event_id)


def requests_of(event_id: int) -> Mapping[int, HostRequest]:
    """What the hosts of an event's stops were asked, by item."""
    query = select(HostRequest).join(AgendaItem).where(AgendaItem.event_id == event_id)
    return {one.item_id: one for one in db.session.scalars(query)}


def request_of(event_id: int, item_id: int) -> HostRequest:
    """What the host of a stop of this event was asked; raises HostNotFound."""
    query = select(HostRequest).join(AgendaItem).where(AgendaItem.event_id == event_id, HostRequest.item_id == item_id)
    found = db.session.scalar(query.options(*_whole()), execution_options={"populate_existing": True})
    if found is None:
        raise HostNotFound(item_id=item_id)
    return found


def request_with_public_id(public_id: str) -> HostRequest:
    """With its stop and its event; raises HostNotFound."""
    query = select(HostRequest).where(HostRequest.public_id == public_id).options(*_whole())
    found = db.session.scalar(query)
    if found is None:
        raise HostNotFound(public_id=public_id)
    return found


def request_for_mail(item_id: int) -> HostRequest | None:
    return db.session.scalar(select(HostRequest).where(HostRequest.item_id == item_id).options(*_whole()))


def silent_hosts(*, today: date, due_until: date) -> Sequence[HostRequest]:
    """Hosts who said nothing, were not reminded, and whose deadline is near; of events that take place."""
    query = (
        select(HostRequest)
        .join(AgendaItem)
        .join(Event, Event.id == AgendaItem.event_id)
        .where(
            HostRequest.state == HostState.ASKED,
            HostRequest.reminded_at.is_(None),
            HostRequest.due_on.between(today, due_until),
            Event.status.in_(TAKING_PLACE),
        )
        .options(*_whole())
        .order_by(HostRequest.due_on, HostRequest.item_id)
    )
    return db.session.scalars(query).all()


def hosts_who_said(item_ids: Collection[int]) -> Mapping[int, HostRequest]:
    """What the hosts of these items said, by item; also while they are asked once more, but not of who declined."""
    if not item_ids:
        return {}
    query = select(HostRequest).where(
        HostRequest.item_id.in_(item_ids),
        HostRequest.answered_at.is_not(None),
        HostRequest.state != HostState.DECLINED,
    )
    return {one.item_id: one for one in db.session.scalars(query)}


def naming_hosts_of_events_over(before: datetime, nobody: str, limit: int) -> Sequence[HostRequest]:
    """Requests that still name people though their event ended before."""
    query = (
        select(HostRequest)
        .join(AgendaItem)
        .join(Event, Event.id == AgendaItem.event_id)
        .where(Event.ends_at < before, HostRequest.email != nobody)
        .order_by(HostRequest.item_id)
        .limit(limit)
    )
    return db.session.scalars(query).all()


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(HostRequest.item).options(
            joinedload(AgendaItem.event),
            joinedload(AgendaItem.stop).options(joinedload(Stop.host), joinedload(Stop.venue)),
        ),
    )
