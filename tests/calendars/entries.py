"""Entries to try things on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.calendars.calendar import calendar_head, join
from app.calendars.entries import CalendarEntry
from app.calendars.vevent import vevent, zones_of

HEAD = calendar_head("Filò", "", "en")
PLANNED = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
CHANGED = datetime(2026, 2, 3, 16, 5, 9, tzinfo=UTC)


def on_clocks(text: str, zone: str = "Europe/Rome", fold: int = 0) -> datetime:
    """The instant, in UTC, at which the clocks of a zone show a time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def make_entry(**changes: Any) -> CalendarEntry:
    """A morning in Rovereto, changed as said."""
    plain: dict[str, Any] = {
        "uid": "w7h2@filo.example",
        "sequence": 3,
        "summary": "Clusters workshop",
        "starts_at": on_clocks("2026-05-07 09:00"),
        "ends_at": on_clocks("2026-05-07 12:30"),
        "timezone": "Europe/Rome",
        "created_at": PLANNED,
        "changed_at": CHANGED,
    }
    return CalendarEntry(**{**plain, **changes})


def make_file(*entries: CalendarEntry) -> bytes:
    """A feed of these entries."""
    return join(HEAD, frozenset().union(*map(zones_of, entries)), map(vevent, entries))


def lines_of(data: bytes) -> list[str]:
    """Content lines, unfolded."""
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
