"""Writing once more to those who are silent."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.invitations import queries, rules
from app.invitations.errors import NobodyToRemind
from app.invitations.models import Invitation, InvitationSettings
from app.invitations.services.inviting import check_invitable
from app.jobs import services as jobs
from app.kernel.db import db, transactional
from app.mail.rules import may_write
from app.mail.services import Letter, queue_all
from app.network.actors import Actor

BATCH = 500
REMIND = "remind_invited"


@transactional
def remind_all(*, event_slug: str, actor: Actor, now: datetime) -> int:
    """Remind everybody without an answer who was not written to within the day; returns how many will be.

    Raises MayNotManage, NotInvitable in one of its kinds, NobodyToRemind.
    """
    event = manageable_event(event_slug, actor)
    check_invitable(event, now)
    people = queries.count_silent(event.id, written_before=now - rules.BETWEEN_LETTERS)
    if not people:
        raise NobodyToRemind
    _put(event.id, now)
    audit.note("invited_reminded", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, people=people)
    return people


@transactional
def set_reminder(*, event_slug: str, days_before: int | None, actor: Actor, now: datetime) -> None:
    """Let the event remind by itself so many days before registration closes, or (None) not at all."""
    event = manageable_event(event_slug, actor)
    settings = queries.settings_of(event.id)
    if settings is None:
        settings = InvitationSettings(event_id=event.id)
        db.session.add(settings)
    settings.remind_days_before = days_before
    audit.note("reminder_set", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, days=days_before)


@transactional
def begin_reminding(event_id: int, *, closes_at: datetime, now: datetime) -> None:
    """The reminder that an event sends by itself, once for each closing."""
    settings = queries.settings_of(event_id)
    if settings is None or settings.reminded_for == closes_at:
        return
    settings.reminded_for = closes_at
    _put(event_id, now)


@transactional
def remind_batch(event_id: int, *, now: datetime) -> int:
    """Remind the next few; returns how many were looked at. Each is written to at most once a day."""
    people = queries.silent(event_id, written_before=now - rules.BETWEEN_LETTERS, limit=BATCH)
    recent = queries.recent_mails([one.email_key for one in people], now - rules.A_DAY)
    letters = []
    for one in people:
        one.reminded_at = now
        if may_write(recent.get(one.email_key, 0)):
            one.reminders += 1
            letters.append(_letter(one))
    queue_all(letters, now=now)
    return len(people)


def _letter(invitation: Invitation) -> Letter:
    return Letter(
        name="invitation_reminder",
        recipient=invitation.email,
        locale=invitation.locale,
        about=f"invitation:{invitation.id}",
        dedupe_key=f"invitation_reminder:{invitation.id}:{invitation.reminders}",
        context={"invitation_id": invitation.id},
    )


def _put(event_id: int, now: datetime) -> None:
    jobs.put(REMIND, dedupe_key=f"{REMIND}:{event_id}:{now.isoformat()}", run_at=now, event_id=event_id)
