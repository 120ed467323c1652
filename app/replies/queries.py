from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from app.events import queries as events
from app.events.models import Event
from app.kernel.db import db
from app.registration.models import Allotment, Registration
from app.replies.models import CalendarReply
from app.replies.rules import Outcome

_WITH_EVENT = joinedload(Registration.allotment).joinedload(Allotment.event)


def registrations(ids: Collection[int]) -> Sequence[Registration]:
    """Registrations with their events, as they stand now."""
    query = select(Registration).where(Registration.id.in_(ids)).options(_WITH_EVENT)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def answered(registration_id: int) -> Sequence[tuple[int, datetime, Outcome]]:
    """SEQUENCE, time and outcome of every answer that is kept."""
    rows = db.session.execute(
        select(CalendarReply.sequence, CalendarReply.written_at, CalendarReply.outcome).where(
            CalendarReply.registration_id == registration_id
        )
    )
    return [(row.sequence, row.written_at, row.outcome) for row in rows]


def count_passed_on(registration_id: int, since: datetime) -> int:
    """How many proposals the organisers were told of since then."""
    query = select(func.count()).where(
        CalendarReply.registration_id == registration_id,
        CalendarReply.outcome == Outcome.PASSED_ON,
        CalendarReply.received_at >= since,
    )
    return db.session.scalar(query) or 0


def reply_with_digest(registration_id: int, digest: str, written_at: datetime) -> CalendarReply:
    """The newest answer of this content and time."""
    query = (
        select(CalendarReply)
        .where(
            CalendarReply.registration_id == registration_id,
            CalendarReply.digest == digest,
            CalendarReply.written_at == written_at,
        )
        .order_by(CalendarReply.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one()


def reply_for_mail(reply_id: int) -> CalendarReply | None:
    """An answer with its registration and all that a mail says of the event."""
    whole = joinedload(CalendarReply.registration).joinedload(Registration.allotment).joinedload(Allotment.event)
    query = select(CalendarReply).where(CalendarReply.id == reply_id).options(whole.options(*events.FORM_NEEDS))
    return db.session.scalar(query, execution_options={"populate_existing": True})


def of_registration(registration_id: int) -> Sequence[CalendarReply]:
    """Newest first."""
    query = select(CalendarReply).where(CalendarReply.registration_id == registration_id)
    return db.session.scalars(query.order_by(CalendarReply.received_at.desc(), CalendarReply.id.desc())).all()


def of_event(event_id: int, *, limit: int) -> Sequence[CalendarReply]:
    """Newest first, with the people."""
    query = (
        select(CalendarReply)
        .join(Registration, Registration.id == CalendarReply.registration_id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id)
        .options(joinedload(CalendarReply.registration))
        .order_by(CalendarReply.received_at.desc(), CalendarReply.id.desc())
    )
    return db.session.scalars(query.limit(limit)).all()


def delete_of_registration(registration_id: int) -> None:
    db.session.execute(delete(CalendarReply).where(CalendarReply.registration_id == registration_id))


def delete_of_events_over(before: datetime) -> None:
    """Forget the answers about events that ended before."""
    over = (
        select(Registration.id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .join(Event, Event.id == Allotment.event_id)
        .where(Event.ends_at < before)
    )
    db.session.execute(delete(CalendarReply).where(CalendarReply.registration_id.in_(over)))
