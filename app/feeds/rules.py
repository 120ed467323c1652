"""What stands in a public calendar, for how long, and by which collections a feed is versioned."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from app.events.rules import Audience, Filter
from app.kernel.dates import DatePrecision

KEPT = timedelta(days=90)
"""How long after its end an event stays in feeds, called off or not."""

SEARCH = "search"
"""The collection that every change of what can be found raises: free text may match anything."""


def edge_on(today: date) -> date:
    """The day from which feeds show entries."""
    return today - KEPT


def beginning_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def stands_in_feeds(*, on_lists: bool, precision: DatePrecision, ends_at: datetime, edge: date | None) -> bool:
    """Whether an event has public entries: it is on lists, its day is known, and it is not long over."""
    is_in_window = edge is None or ends_at >= beginning_of(edge)
    return on_lists and precision is DatePrecision.DAY and is_in_window


def is_public_item(audience: Audience | None) -> bool:
    """Whether an agenda item may stand beside its public event. Without an audience of its own it has the event's."""
    return audience in {None, Audience.PUBLIC}


def version_keys(filter: Filter) -> frozenset[str]:
    """The collections of which a filter shows the intersection."""
    parts = filter.parts()
    if "q" in parts:
        return frozenset({SEARCH})
    return frozenset(f"{name}:{value}" for name, value in parts.items()) or frozenset({"all"})
