"""Seats that are offered: held until their deadline, accepted, declined or passed on."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import transactional
from app.registration import queries, rules
from app.registration.errors import OfferOver
from app.registration.rules import Place, Verb
from app.registration.services.placing import count_for_display, held_registration, move, promote


@transactional
def accept(registration_id: int, *, now: datetime) -> None:
    """Somebody takes the seat that was offered. Accepting twice is accepting.

    Raises OfferOver once it is gone, EventCalledOff, EventPast.
    """
    held = queries.hold_seats(queries.event_id_of(registration_id))
    registration = held_registration(held, registration_id)
    if registration.place is Place.CONFIRMED:
        return
    if registration.place is not Place.OFFERED or _is_over(registration.offer_expires_at, now):
        raise OfferOver(place=registration.place)
    rules.check_takes_place(held.door, now)
    move(held, registration, Verb.ACCEPT, now=now)
    count_for_display(held)


@transactional
def decline(registration_id: int, *, now: datetime) -> None:
    """Somebody does not want the seat; it goes to the next. Raises OfferOver once there is no offer."""
    held = queries.hold_seats(queries.event_id_of(registration_id))
    registration = held_registration(held, registration_id)
    if registration.place is not Place.OFFERED:
        raise OfferOver(place=registration.place)
    move(held, registration, Verb.DECLINE, now=now)
    promote(held, now=now)


@transactional
def expire(registration_id: int, *, now: datetime) -> None:
    """Pass on a seat that was not taken in time. An offer that was answered, or is newer than that, stays."""
    held = queries.hold_seats(queries.event_id_of(registration_id))
    registration = held_registration(held, registration_id)
    if registration.place is not Place.OFFERED or not _is_over(registration.offer_expires_at, now):
        return
    move(held, registration, Verb.EXPIRE, now=now)
    promote(held, now=now)


@transactional
def go_on(event_id: int, *, now: datetime) -> None:
    """Let the next batch of the queue up; puts the job for the one after that."""
    promote(queries.hold_seats(event_id), now=now)


def _is_over(deadline: datetime | None, now: datetime) -> bool:
    return deadline is not None and now >= deadline
