"""The same decision about several people at once: for all of them, or for none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum

from app.events.services import manageable_event
from app.kernel.db import transactional
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.errors import DoesNotFit, RegistrationNotFound
from app.registration.queries import HeldSeats
from app.registration.rules import Verb
from app.registration.services import deciding, leaving


class Decision(StrEnum):
    """What an organiser decides about people on the list."""

    APPROVE = "approve"
    REJECT = "reject"
    PROMOTE = "promote"
    PUT_FORWARD = "put_forward"
    REMOVE = "remove"


@transactional
def decide(
    decision: Decision,
    registration_ids: Collection[int],
    *,
    event_slug: str,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Carry out one decision about each of these people; returns about how many.

    Raises MayNotManage, RegistrationNotFound for nobody or a stranger, DoesNotFit with those whom it does not fit,
    ReasonMissing, EventFull.
    """
    if not registration_ids:
        raise RegistrationNotFound(field="person")
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    _check_fits(held, _MOVES[decision], registration_ids)
    if decision is Decision.APPROVE:
        return len(deciding.approve(registration_ids, event_slug=event_slug, actor=actor, now=now))
    if decision is Decision.REJECT:
        return len(deciding.reject(registration_ids, event_slug=event_slug, reason=reason, actor=actor, now=now))
    verb = _VERBS[decision]
    # whoever is put forward last stands first, so those at the end begin
    in_order = sorted(queries.registrations(list(registration_ids)), key=lambda one: one.number, reverse=True)
    if decision is not Decision.PUT_FORWARD:
        in_order.reverse()
    for one in in_order:
        verb(one.id, event_slug=event_slug, reason=reason, actor=actor, now=now)
    return len(in_order)


def _check_fits(held: HeldSeats, verb: Verb, registration_ids: Collection[int]) -> None:
    found = queries.registrations_to_move(registration_ids)
    people = [found[one] for one in registration_ids if one in found and found[one].allotment_id == held.id]
    if len(people) < len(registration_ids):
        raise RegistrationNotFound(field="person")
    others = [one for one in people if not rules.fits(verb, one.place)]
    if others:
        names = [(f"{one.given_name} {one.family_name}", one.place) for one in others]
        raise DoesNotFit(people=names, chosen=len(people))


_MOVES: Mapping[Decision, Verb] = {
    Decision.APPROVE: Verb.APPROVE,
    Decision.REJECT: Verb.REJECT,
    Decision.PROMOTE: Verb.PROMOTE_BY_HAND,
    Decision.PUT_FORWARD: Verb.PRIORITISE,
    Decision.REMOVE: Verb.REMOVE,
}
_VERBS: Mapping[Decision, Callable[..., None]] = {
    Decision.PROMOTE: deciding.promote_by_hand,
    Decision.PUT_FORWARD: deciding.put_forward,
    Decision.REMOVE: leaving.remove,
}
