"""Links by which helpers note who is there, without an account and for one day."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.kernel.ids import digest, new_secret
from app.network.actors import Actor
from app.presence import queries, rules
from app.presence.errors import LinkNotFound, ListNotFound
from app.presence.models import HelperLink
from app.presence.services.days import first_day, number_of_days

SELDOM = timedelta(minutes=1)


@transactional
def make_link(
    *, event_slug: str, label: str, day: int, may_add: bool = True, actor: Actor, now: datetime
) -> tuple[HelperLink, str]:
    """A link for a day of the event, and its secret, which nobody sees again. Raises MayNotManage, ListNotFound."""
    event = manageable_event(event_slug, actor)
    if not 1 <= day <= number_of_days(event):
        raise ListNotFound(field="day")
    begins, ends = rules.span_of_day(first_day(event), day, event.timezone)
    secret = new_secret()
    link = HelperLink(
        event_id=event.id,
        label=label,
        secret_digest=digest(secret),
        valid_from=begins,
        valid_until=ends,
        may_add=may_add,
        account_id=actor.account_id,
        created_at=now,
    )
    db.session.add(link)
    db.session.flush()
    audit.note("helper_link_made", subject=f"event:{event.id}", account_id=actor.account_id, now=now, label=label)
    return link, secret


@transactional
def revoke_link(link_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """A link opens nothing any more, and takes nothing more. Raises MayNotManage, LinkNotFound."""
    event = manageable_event(event_slug, actor)
    link = queries.link(event.id, link_id)
    if link is None:
        raise LinkNotFound(link_id=link_id)
    link.revoked_at = link.revoked_at or now
    audit.note("helper_link_revoked", subject=f"event:{event.id}", account_id=actor.account_id, now=now, link=link_id)


def opened_link(secret: str, now: datetime) -> HelperLink:
    """The link that a secret is of, for looking; raises LinkNotFound, LinkRevoked, LinkNotYetValid, LinkExpired."""
    link = _found(secret)
    rules.check_open(link.validity(), now)
    return link


def delivering_link(secret: str, now: datetime) -> HelperLink:
    """The same for delivering what was noted in time."""
    link = _found(secret)
    rules.check_delivery(link.validity(), now)
    return link


@transactional
def note_use(link_id: int, *, now: datetime) -> None:
    """Remember that a link is in use, at most once a minute."""
    link = db.session.get(HelperLink, link_id)
    if link and (link.last_used_at is None or now - link.last_used_at >= SELDOM):
        link.last_used_at = now


def _found(secret: str) -> HelperLink:
    link = queries.link_with_digest(digest(secret))
    if link is None:
        raise LinkNotFound
    return link
