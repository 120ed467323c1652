"""On which day of the calendar a stop is."""

from __future__ import annotations

from datetime import date, timedelta

from app.agenda.models import AgendaItem
from app.agenda.reading import span_of


def day_of(item: AgendaItem) -> date | None:
    """The day on which an item begins; None for an event without an exact day."""
    first = span_of(item.event).first_day
    return first + timedelta(days=item.day) if first else None
