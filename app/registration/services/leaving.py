"""Getting out, and who moves up then."""

from __future__ import annotations

from datetime import datetime

from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.registration import queries
from app.registration.errors import RegistrationNotFound
from app.registration.models import Registration
from app.registration.rules import Verb
from app.registration.services.places import move, promote


@transactional
def withdraw(registration_id: int, *, now: datetime) -> None:
    """A participant gives the place back and the first in the queue gets it. Raises WrongPlace when it is gone."""
    allotment = queries.lock_allotment(queries.event_id_of(registration_id))
    move(_held(registration_id), allotment, Verb.WITHDRAW, now=now)
    promote(allotment, now=now)


@transactional
def remove(registration_id: int, *, event_slug: str, reason: str | None, actor: Actor, now: datetime) -> None:
    """An organiser takes the place away. Raises MayNotManage, RegistrationNotFound, WrongPlace."""
    allotment = queries.lock_allotment(manageable_event(event_slug, actor).id)
    registration = _held(registration_id)
    if registration.allotment_id != allotment.id:
        raise RegistrationNotFound(registration_id=registration_id)
    move(registration, allotment, Verb.REMOVE, now=now, actor=actor, reason=reason)
    promote(allotment, now=now)


def _held(registration_id: int) -> Registration:
    # read after the lock, over whatever the request read before it
    found = db.session.get(Registration, registration_id, populate_existing=True)
    if found is None:
        raise RegistrationNotFound(registration_id=registration_id)
    return found
