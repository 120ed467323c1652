"""What stands in a public calendar, for how long, and by which collections a feed is versioned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.events.rules import Audience, Filter
from app.kernel.dates import DatePrecision

KEPT = timedelta(days=90)
"""How long after its end an event stays in feeds, called off or not."""

SEARCH = "search"
"""The collection that every change of what can be found raises: free text may match anything."""

_STAMPS = re.compile(rb"(?:DTSTAMP|LAST-MODIFIED)[:;][^\r]*\r\n")
_FACE = (b"DTSTART", b"DTEND", b"LOCATION", b"STATUS")


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


def says_the_same(body: bytes, other: bytes) -> bool:
    """Whether two entries say the same: stamps alone are no change that anybody needs to fetch."""
    return body == other or _STAMPS.sub(b"", body) == _STAMPS.sub(b"", other)


@dataclass(frozen=True, slots=True)
class Face:
    """What of an entry raises its SEQUENCE when it changes: time and its form, place and status."""

    sequence: int
    lines: frozenset[bytes]

    @classmethod
    def of(cls, body: bytes) -> Face:
        """Read from the bytes of a VEVENT."""
        lines = body.replace(b"\r\n ", b"").split(b"\r\n")
        number = next((int(line[9:]) for line in lines if line.startswith(b"SEQUENCE:") and line[9:].isdigit()), 0)
        return cls(number, frozenset(line for line in lines if re.split(b"[:;]", line, maxsplit=1)[0] in _FACE))

    def needs(self, before: Face) -> int | None:
        """The sequence that it must have after ``before``; None where its own will do."""
        raised = before.sequence + (self.lines != before.lines)
        return raised if raised > self.sequence else None
