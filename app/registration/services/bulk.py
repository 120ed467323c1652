"""The same decision about several people at once: for all of them, or for none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum

from app.kernel.db import transactional
from app.network.actors import Actor
from app.registration import queries
from app.registration.errors import RegistrationNotFound
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

    Raises MayNotManage, RegistrationNotFound for nobody or a stranger, WrongPlace, ReasonMissing, EventFull.
    """
    if not registration_ids:
        raise RegistrationNotFound(field="person")
    if decision is Decision.APPROVE:
        return len(deciding.approve(registration_ids, event_slug=event_slug, actor=actor, now=now))
    if decision is Decision.REJECT:
        return len(deciding.reject(registration_ids, event_slug=event_slug, reason=reason, actor=actor, now=now))
    verb = _VERBS[decision]
    # whoever is put forward last stands first, so those at the end begin
    in_order = sorted(queries.registrations(list(registration_ids)), key=lambda one: one.number, reverse=True)
    if len(in_order) < len(set(registration_ids)):
        raise RegistrationNotFound(field="person")
    if decision is not Decision.PUT_FORWARD:
        in_order.reverse()
    for one in in_order:
        verb(one.id, event_slug=event_slug, reason=reason, actor=actor, now=now)
    return len(in_order)


_VERBS: Mapping[Decision, Callable[..., None]] = {
    Decision.PROMOTE: deciding.promote_by_hand,
    Decision.PUT_FORWARD: deciding.put_forward,
    Decision.REMOVE: leaving.remove,
}
