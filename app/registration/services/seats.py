"""How many seats there are, and moving somebody up by hand."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.registration import queries
from app.registration.errors import ClosesBeforeOpening, ReasonMissing, RegistrationNotFound
from app.registration.inputs import SeatsInput
from app.registration.models import Allotment, Registration
from app.registration.rules import Verb
from app.registration.services.places import count_for_display, move, promote


@transactional
def provide_seats(event_id: int, *, like_event: int | None = None) -> None:
    """Give a new event its allotment: unlimited, with a waiting list, or with the seats of an earlier edition."""
    model = queries.allotment_of(like_event) if like_event else None
    db.session.add(
        Allotment(
            event_id=event_id,
            capacity=model.capacity if model else None,
            has_waitlist=model.has_waitlist if model else True,
        )
    )


@transactional
def change_seats(*, event_slug: str, values: SeatsInput, actor: Actor, now: datetime) -> None:
    """Set capacity, waiting list and window. More seats go to the queue at once; fewer remove nobody.

    Raises MayNotManage, ClosesBeforeOpening.
    """
    event = manageable_event(event_slug, actor)
    if values.opens_at and values.closes_at and values.closes_at < values.opens_at:
        raise ClosesBeforeOpening(field="closes_at")
    allotment = queries.lock_allotment(event.id)
    allotment.capacity = values.capacity
    allotment.has_waitlist = values.has_waitlist
    allotment.opens_at = values.opens_at
    allotment.closes_at = values.closes_at
    db.session.flush()
    promote(allotment, now=now)
    audit.note(
        "seats_changed", subject=f"event:{event.id}", account_id=actor.account_id, now=now, capacity=values.capacity
    )


@transactional
def promote_by_hand(registration_id: int, *, event_slug: str, reason: str, actor: Actor, now: datetime) -> None:
    """Give somebody who waits a seat, out of order or above the capacity: a decision with a reason, on the record.

    Raises MayNotManage, ReasonMissing, RegistrationNotFound, WrongPlace.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    allotment = queries.lock_allotment(manageable_event(event_slug, actor).id)
    registration = db.session.get(Registration, registration_id, populate_existing=True)
    if registration is None or registration.allotment_id != allotment.id:
        raise RegistrationNotFound(registration_id=registration_id)
    move(registration, allotment, Verb.PROMOTE_BY_HAND, now=now, actor=actor, reason=reason.strip())
    count_for_display(allotment)
