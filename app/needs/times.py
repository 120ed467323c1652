"""When a part of an agenda collects needs, as instants."""

from __future__ import annotations

from app.agenda.models import AgendaItem
from app.agenda.reading import span_of
from app.events.rules import Status
from app.needs.models import NeedCollection
from app.needs.rules import Collecting, Gate

NOT_HAPPENING = frozenset({Status.DRAFT, Status.CALLED_OFF, Status.POSTPONED})


def collecting_of(item: AgendaItem, collection: NeedCollection | None) -> Collecting:
    """From the midnight before a part; an event without an exact day collects only where the organiser opens it."""
    event, span = item.event, span_of(item.event)
    entries = collection.entries if collection else Gate.BY_TIME
    votes = collection.votes if collection else Gate.BY_TIME
    takes_place = event.status not in NOT_HAPPENING
    if span.first_day is None:
        by_time = Gate.CLOSED
        return Collecting(
            opens_at=event.starts_at,
            ends_at=event.ends_at,
            entries=by_time if entries is Gate.BY_TIME else entries,
            votes=by_time if votes is Gate.BY_TIME else votes,
            takes_place=takes_place,
        )
    return Collecting(
        opens_at=span.instant(item.day, 0, item.timezone),
        ends_at=span.instant(item.day, item.end_minute, item.timezone),
        entries=entries,
        votes=votes,
        takes_place=takes_place,
    )
