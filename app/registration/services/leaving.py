"""Getting out, and who moves up then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.errors import MoreCompanions, WrongPlace
from app.registration.models import Registration
from app.registration.rules import LIVE, Place, Verb
from app.registration.services import item_places
from app.registration.services.placing import held_registration, move, promote


@transactional
def withdraw(registration_id: int, *, now: datetime, actor: Actor | None = None) -> None:
    """A participant gives the place back and the first in the queue gets it. Raises WrongPlace when it is gone."""
    held = queries.hold_seats(queries.event_id_of(registration_id))
    move(held, held_registration(held, registration_id), Verb.WITHDRAW, now=now, actor=actor)
    promote(held, now=now)


@transactional
def remove(registration_id: int, *, event_slug: str, reason: str | None, actor: Actor, now: datetime) -> None:
    """An organiser takes the place away. Raises MayNotManage, RegistrationNotFound, WrongPlace."""
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    move(held, held_registration(held, registration_id), Verb.REMOVE, now=now, actor=actor, reason=reason)
    promote(held, now=now)


@transactional
def bring_fewer(
    registration_id: int,
    *,
    companion_ids: Collection[int],
    names: Mapping[int, str] | None = None,
    link_version: int | None = None,
    now: datetime,
) -> None:
    """Only these companions still come; the seats of the others go to the queue. ``names``: how some are called.

    Raises MoreCompanions for one who was not with them, WrongPlace once the registration is over, ChangesClosed for
    a name after the event's deadline, and as queries.hold_registration.
    """
    held = queries.hold_seats(queries.event_id_of(registration_id))
    registration = held_registration(held, registration_id)
    queries.hold_registration(registration_id, link_version=link_version)
    if registration.place not in LIVE:
        raise WrongPlace(place=registration.place)
    known = {one.id: one for one in registration.companions}
    if not set(companion_ids) <= set(known):
        raise MoreCompanions(field="companions")
    _name_companions(registration, names or {}, now)
    if len(companion_ids) == len(known):
        return
    move(held, registration, Verb.BRING_FEWER, now=now)
    registration.companions = [one for one in registration.companions if one.id in companion_ids]
    registration.seats = 1 + len(registration.companions)
    db.session.flush()
    item_places.settle(held.event_id, [registration], freed=queries.item_allotments_of(registration_id), now=now)
    promote(held, now=now)


def _name_companions(registration: Registration, names: Mapping[int, str], now: datetime) -> None:
    renamed = [one for one in registration.companions if one.id in names and (names[one.id] or None) != one.name]
    if not renamed:
        return
    rules.check_changes(queries.changes_close_at(queries.event_id_of(registration.id)), now)
    for one in renamed:
        one.name = names[one.id] or None


@transactional
def lapse(registration_id: int, *, now: datetime) -> None:
    """An address did not prove itself in time: the registration ends. One that did meanwhile stays."""
    held = queries.hold_seats(queries.event_id_of(registration_id))
    registration = held_registration(held, registration_id)
    if registration.place is Place.UNVERIFIED:
        move(held, registration, Verb.LAPSE, now=now)
