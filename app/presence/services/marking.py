"""What organisers set by hand: excused, absent, present after all."""

from __future__ import annotations

from datetime import datetime

from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network.actors import Actor
from app.presence import queries
from app.presence.facts import PresenceChanged
from app.presence.models import StandingMark
from app.presence.rules import Standing
from app.presence.services.days import list_with_key
from app.registration.errors import RegistrationNotFound


@transactional
def set_standing(
    registration_id: int,
    *,
    event_slug: str,
    list_key: str,
    standing: Standing | None,
    reason: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say where somebody stands, whatever was noted; None: what was noted counts again.

    Raises MayNotManage, ListNotFound, RegistrationNotFound.
    """
    event = manageable_event(event_slug, actor)
    if queries.person(event.id, registration_id) is None:
        raise RegistrationNotFound(registration_id=registration_id)
    checked = list_with_key(event.id, list_key)
    _mark(event.id, checked.id, registration_id, standing=standing, reason=reason, actor=actor, now=now)


@transactional
def close_list(*, event_slug: str, list_key: str, reason: str | None = None, actor: Actor, now: datetime) -> int:
    """Everybody who is still expected on a list was absent; gives how many. Raises MayNotManage, ListNotFound."""
    event = manageable_event(event_slug, actor)
    checked = list_with_key(event.id, list_key)
    roll = queries.roll(event.id)
    missing = [
        one.id
        for one in roll.registered()
        if roll.is_expected(one, checked.id) and roll.standing(one, checked.id) is Standing.EXPECTED
    ]
    for registration_id in missing:
        _mark(event.id, checked.id, registration_id, standing=Standing.ABSENT, reason=reason, actor=actor, now=now)
    return len(missing)


def _mark(
    event_id: int,
    list_id: int,
    registration_id: int,
    *,
    standing: Standing | None,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    db.session.add(
        StandingMark(
            list_id=list_id,
            registration_id=registration_id,
            standing=standing,
            at=now,
            account_id=actor.account_id,
            reason=reason or None,
        )
    )
    record(PresenceChanged(event_id=event_id, registration_id=registration_id))
