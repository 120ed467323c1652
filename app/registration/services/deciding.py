"""What organisers decide about people: approve, reject, put forward, give a place by hand, let the next ones up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from app.events.services import manageable_event
from app.kernel.db import transactional
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.errors import ReasonMissing
from app.registration.models import Registration
from app.registration.queries import HeldSeats
from app.registration.rules import GroupRule, Place, Verb
from app.registration.services.placing import (
    MOST_AT_ONCE,
    count_for_display,
    held_registration,
    move,
    move_up,
    promote,
    take_number,
)


@transactional
def approve(registration_ids: Collection[int], *, event_slug: str, actor: Actor, now: datetime) -> list[Registration]:
    """Let in who asked: each gets a seat or a place at the end of the queue, in the order in which they asked.

    All of them or none. Raises MayNotManage, RegistrationNotFound, WrongPlace, EventFull, EventCalledOff, EventPast.
    """
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    rules.check_takes_place(held.door, now)
    people = [held_registration(held, one) for one in registration_ids]
    parties = rules.Parties(held.policy.group_rule, [(one.party, one.seats, one.claim_id) for one in people])
    for registration in sorted(people, key=lambda one: one.number):
        seat(held, registration, Verb.APPROVE, parties=parties, actor=actor, now=now)
    promote(held, now=now)
    return people


@transactional
def reject(
    registration_ids: Collection[int], *, event_slug: str, reason: str, actor: Actor, now: datetime
) -> list[Registration]:
    """Turn people away; they read the reason. All of them or none.

    Raises MayNotManage, RegistrationNotFound, WrongPlace.
    """
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    people = [held_registration(held, one) for one in registration_ids]
    for registration in people:
        move(held, registration, Verb.REJECT, actor=actor, reason=reason.strip() or None, now=now)
    promote(held, now=now)
    return people


@transactional
def verify(registration_id: int, *, now: datetime) -> None:
    """The address proved itself by the mailed link: now the seat is looked for. Doing it again changes nothing.

    Raises EventFull where no queue is kept, WrongPlace once the registration is over, EventCalledOff, EventPast.
    """
    held = queries.hold_seats(queries.event_id_of(registration_id))
    registration = held_registration(held, registration_id)
    if registration.verified_at is not None and registration.place is not Place.UNVERIFIED:
        return
    rules.check_takes_place(held.door, now)
    registration.verified_at = now
    if held.policy.needs_approval and not registration.skips_approval:
        move(held, registration, Verb.VERIFY, to=Place.PENDING, now=now)
    else:
        mine = (registration.party, registration.seats, registration.claim_id)
        seat(held, registration, Verb.VERIFY, parties=rules.Parties(held.policy.group_rule, [mine]), now=now)
    promote(held, now=now)


@transactional
def promote_by_hand(registration_id: int, *, event_slug: str, reason: str, actor: Actor, now: datetime) -> None:
    """Give somebody who waits a seat, out of order or above the capacity: a decision with a reason, on the record.

    Raises MayNotManage, ReasonMissing, RegistrationNotFound, WrongPlace, EventCalledOff.
    """
    reason = _reason(reason)
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    rules.check_not_called_off(held.door)
    registration = held_registration(held, registration_id)
    move(held, registration, Verb.PROMOTE_BY_HAND, now=now, actor=actor, reason=reason)
    promote(held, now=now)


@transactional
def put_forward(registration_id: int, *, event_slug: str, reason: str, actor: Actor, now: datetime) -> None:
    """Put somebody at the head of the queue, with a reason. No seat is given by that alone, but the next one is.

    Raises MayNotManage, ReasonMissing, RegistrationNotFound, WrongPlace, EventCalledOff.
    """
    reason = _reason(reason)
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    rules.check_not_called_off(held.door)
    registration = held_registration(held, registration_id)
    move(held, registration, Verb.PRIORITISE, now=now, actor=actor, reason=reason)
    registration.ahead = queries.furthest_ahead(held.id) + 1
    promote(held, now=now)


@transactional
def let_up(*, event_slug: str, how_many: int, actor: Actor, now: datetime) -> Sequence[Registration]:
    """The next of the queue get a seat or an offer, as many as fit: for events where the organiser starts it.

    Raises MayNotManage.
    """
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    risen = move_up(held, most=max(0, min(how_many, MOST_AT_ONCE)), now=now, actor=actor)
    count_for_display(held)
    return risen


def seat(
    held: HeldSeats,
    registration: Registration,
    verb: Verb,
    *,
    parties: rules.Parties,
    actor: Actor | None = None,
    now: datetime,
) -> None:
    """Look for the seat of somebody who is let in; who joins the queue stands at its end, as of now."""
    party, wanted = registration.party, registration.seats
    in_a_group = party is not None and held.policy.group_rule is GroupRule.SKIP
    decision = rules.seat_for(
        queries.seats_of(held),
        claim=parties.claim(party, registration.claim_id),
        wanted=wanted,
        together=parties.needed(party, wanted),
        others_wait=in_a_group and queries.is_waiting(held.id, party),
    )
    parties.settled(party, wanted)
    if decision.place is Place.WAITLISTED:
        registration.number = take_number(held)
    move(held, registration, verb, to=decision.place, quota_id=decision.quota_id, actor=actor, now=now)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()
