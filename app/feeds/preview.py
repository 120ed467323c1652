"""The next entries of a calendar as it will show them, read from the very bytes that it will be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask_babel import gettext as _
from icalendar import Event as VEvent

from app.calendars.entries import EntryStatus
from app.events.presenters import When, when_of
from app.events.rules import Kind
from app.feeds import queries
from app.feeds.addresses import Feed
from app.kernel.date_words import date_span
from app.kernel.dates import DatePrecision, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An entry in a calendar. ``when`` is in the reader's language, ``title`` and ``place`` in the calendar's."""

    title: str
    when: When
    starts_on: date
    place: str
    kind: Kind
    url: str
    is_cancelled: bool


def coming(feed: Feed, now: datetime, *, limit: int) -> Sequence[ShownEntry]:
    """What comes next in a feed, in one query."""
    rows = queries.coming(feed.filter, feed.lang, now, sessions=feed.sessions, limit=limit)
    return [_shown(row) for row in rows]


def _shown(row: Any) -> ShownEntry:
    entry: Any = VEvent.from_ical(row.body)
    starts = entry["DTSTART"].dt
    ends = entry["DTEND"].dt
    return ShownEntry(
        title=str(entry["SUMMARY"]),
        when=_times(starts, ends, row.timezone) if isinstance(starts, datetime) else _days(starts, ends),
        starts_on=_local(starts, row.timezone).date() if isinstance(starts, datetime) else starts,
        place=str(entry.get("LOCATION", "")),
        kind=row.kind,
        url=f"/events/{row.slug}",
        is_cancelled=entry.get("STATUS") == EntryStatus.CANCELLED,
    )


def _times(starts: datetime, ends: datetime, timezone: str) -> When:
    """On the clocks that the entry names; what is written in UTC, on those of its event."""
    named = str(getattr(starts.tzinfo, "key", "UTC"))
    return when_of(starts, ends, timezone if named in {"UTC", "Etc/UTC"} else named, DatePrecision.DAY)


def _days(first: date, after: date) -> When:
    """A bar over whole days; the day on which it ends is not part of it any more."""
    starts, ends = (datetime.combine(day, time(), UTC) for day in (first, after))
    return When(days=date_span(starts, ends, "UTC", weekday=True), times=_("all day"))


def _local(moment: datetime, timezone: str) -> datetime:
    return moment if getattr(moment.tzinfo, "key", "UTC") != "UTC" else moment.astimezone(zone(timezone))
