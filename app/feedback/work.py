"""What the worker does about feedback."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.events import queries as events
from app.feedback import queries, services
from app.jobs.worker import recurs
from app.questions import queries as questions
from app.questions.rules import Purpose

FURTHEST_REMINDER = timedelta(days=400)


@recurs("feedback.remind", every=timedelta(hours=1))
def remind(now: datetime) -> None:
    """Write to the silent of forms whose reminder is due."""
    for form in questions.forms_to_remind(now, now + FURTHEST_REMINDER):
        if form.purpose is Purpose.FEEDBACK and queries.asked_in(form):
            event = events.event(form.event_id)
            if event.status in queries.TAKING_PLACE and now >= queries.window_of(form, event).opens_at:
                services.remind(form, now=now)


@recurs("feedback.seal", every=timedelta(minutes=15))
def seal(now: datetime) -> None:
    """Destroy the keys of forms that are over."""
    services.seal_closed(now=now)


@recurs("feedback.erase", every=timedelta(hours=6))
def erase(now: datetime) -> None:
    """Erase named answers on their day."""
    services.erase_due(now=now)
