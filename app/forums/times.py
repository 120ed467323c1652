"""When a part of the agenda is, as instants."""

from __future__ import annotations

from datetime import datetime

from app.agenda.models import AgendaItem
from app.agenda.reading import span_of
from app.events.models import Event
from app.forums.rules.cafe import Notes
from app.forums.rules.cafe import notes_state as state_of


def notes_state(item: AgendaItem, now: datetime) -> Notes:
    """Whether notes of a café are taken; while only the month or the year is known, not yet."""
    span = span_of(item.event)
    if span.first_day is None:
        return Notes.EARLY
    begins = span.instant(item.day, 0, item.timezone)
    return state_of(begins, span.instant(item.day, item.end_minute, item.timezone), now)


def is_event_over(event: Event, now: datetime) -> bool:
    """Whether nothing more happens at an event."""
    return now >= event.ends_at
