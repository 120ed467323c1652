"""Mailings follow their event: they move with it, fall silent with it, and some are proposed when it is published."""

from __future__ import annotations

from datetime import datetime

from app.events.rules import Status
from app.kernel.db import db, transactional
from app.mailings import queries, ready
from app.mailings.circles import Circle, clock_of
from app.mailings.models import Mailing
from app.mailings.rules import Kind, State, due_at


@transactional
def follow(event_id: int) -> None:
    """Count the reminders of an event anew; while it has no date to count from they wait without one."""
    circle = queries.circle_of_event(event_id)
    assert circle.event is not None  # noqa: S101
    for mailing in queries.scheduled_of_event(event_id):
        if mailing.anchor is not None and mailing.minutes is not None:
            mailing.send_at = due_at(mailing.anchor, mailing.minutes, clock_of(circle.event))


@transactional
def silence(event_id: int, *, status: Status, now: datetime) -> None:
    """An event is called off: nothing of it goes out any more. Postponed: what has a date of its own is looked at
    again, what counts from the event waits for the new date. Proposals that nobody took up go with the event."""
    if status is Status.CALLED_OFF:
        queries.delete_proposals(event_id)
    for mailing in queries.scheduled_of_event(event_id):
        if status is Status.CALLED_OFF:
            mailing.state, mailing.why_code, mailing.finished_at = State.CANCELLED, "mailings.event_called_off", now
        elif mailing.anchor is None:
            mailing.state, mailing.why_code, mailing.send_at = State.DRAFT, "mailings.event_postponed", None
        else:
            mailing.send_at = None


@transactional
def propose(event_id: int) -> None:
    """Lay drafts of the usual reminders before the organiser, once and only where there is nothing yet. Nobody is
    written to before somebody approves one."""
    circle = queries.circle_of_event(event_id)
    assert circle.event is not None  # noqa: S101
    now = circle.event.content_changed_at
    clock = clock_of(circle.event)
    if not clock.takes_place or clock.starts_at <= now or queries.has_mailings(event_id):
        return
    for text in ready.PROPOSED:
        send_at = due_at(text.anchor, text.minutes, clock)
        if send_at and send_at > now:
            db.session.add(_draft(circle, text, now))


def _draft(circle: Circle, text: ready.Ready, now: datetime) -> Mailing:
    return Mailing(
        event_id=circle.id,
        kind=Kind.REMINDER,
        subject=text.subject(),
        body=text.body(),
        audience=text.reached(),
        narrowing={},
        is_service=True,
        state=State.DRAFT,
        is_proposal=True,
        anchor=text.anchor,
        minutes=text.minutes,
        created_at=now,
    )
