"""An event as one line: in the list, beside the map, on the pages of whoever takes part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.events.presenters import where_line
from app.events.rules import Kind, Status
from app.kernel.dates import DatePrecision
from app.kernel.texts import Texts, Wording
from app.registration.queries import ShownSeats, shown_seats
from app.site import queries
from app.site.presenters.dates import (
    first_and_last,
    heading,
    joined,
    language_name,
    local,
    short_month,
    weekday,
)
from app.site.presenters.seats import SeatsLine, seats_line


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """What a list shows of an event. ``day`` is large, ``under`` stands below it; both in the event's zone."""

    id: int
    url: str
    kind: Kind
    status: Status
    title: Wording
    heading: str
    day: str
    under: str
    starts: str
    place: str
    seats: SeatsLine
    sectors: list[Wording] = field(default_factory=list)
    spoken: str = ""
    is_over: bool = False
    is_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What several events need from other tables, read once for all of them."""

    seats: Mapping[int, ShownSeats]
    sectors: Mapping[int, list[Texts]]
    languages: Mapping[int, list[str]]

    @classmethod
    def of(cls, event_ids: Sequence[int]) -> Details:
        if not event_ids:
            return cls(seats={}, sectors={}, languages={})
        return cls(
            seats=shown_seats(event_ids),
            sectors=queries.sectors_of(event_ids),
            languages=queries.languages_of(event_ids),
        )


def lines(rows: Iterable[Any], details: Details, now: datetime, language: str) -> list[EventLine]:
    return [event_line(row, details, now, language) for row in rows]


def event_line(row: Any, details: Details, now: datetime, language: str) -> EventLine:
    starts = local(row.starts_at, row.timezone)
    spoken = details.languages.get(row.id, [])
    return EventLine(
        id=row.id,
        url=f"/events/{row.slug}",
        kind=row.kind,
        status=row.status,
        title=row.title.wording(language),
        heading=heading(starts.date(), row.date_precision, language),
        day=_day(starts, row.date_precision, language),
        under=_under(row, starts, language),
        starts=starts.isoformat() if row.date_precision is DatePrecision.DAY else str(starts.year),
        place=place_words(row, language),
        seats=seats_line(row, details.seats.get(row.id), now),
        sectors=[name.wording(language) for name in details.sectors.get(row.id, [])],
        spoken=spoken_words(tuple(spoken), language),
        is_over=row.ends_at < now,
        is_off=row.status is Status.CALLED_OFF,
    )


@lru_cache(maxsize=500)
def spoken_words(codes: tuple[str, ...], language: str) -> str:
    """``in Italian and German``, or nothing; ``language`` is the one in force."""
    names = [language_name(code, language) for code in codes]
    return str(_("in %(languages)s", languages=joined(names, language))) if names else ""


def place_words(row: Any, language: str) -> str:
    """Where it is, as short as a list wants it: the venue and its town, online, or both."""
    return where_line(row.format, row.venue_name, town(row, language), None)


def town(row: Any, language: str) -> str | None:
    """The town of a venue whose name does not say it."""
    is_in_name = row.venue_name and row.city and row.city in row.venue_name.wording(language).text
    return None if is_in_name else row.city


def _day(starts: datetime, precision: DatePrecision, language: str) -> str:
    if precision is DatePrecision.YEAR:
        return str(starts.year)
    return str(starts.day) if precision is DatePrecision.DAY else short_month(starts.month, language)


def _under(row: Any, starts: datetime, language: str) -> str:
    if row.date_precision is not DatePrecision.DAY:
        return str(_("day not recorded"))
    first, last = first_and_last(row)
    name = weekday(first.weekday(), language)
    if first == last:
        return f"{name} · {starts:%H:%M}"
    until = f"{weekday(last.weekday(), language)} {last.day}"
    return f"{name} – {until}" if first.month == last.month else f"{name} – {until} {short_month(last.month, language)}"


def by_month(found: Iterable[EventLine]) -> list[tuple[str, list[EventLine]]]:
    """The lines under the headings of their months, in the order they have."""
    return [(heading, list(group)) for heading, group in groupby(found, key=lambda line: line.heading)]


def next_change(rows: Iterable[Any], seats: Mapping[int, ShownSeats], now: datetime) -> datetime | None:
    """The next moment at which one of these lines reads differently by the clock alone."""
    moments: list[datetime | None] = []
    for row in rows:
        moments += [row.starts_at, row.ends_at]
        if shown := seats.get(row.id):
            moments += [shown.opens_at, shown.closes_at]
    return min((moment for moment in moments if moment and moment > now), default=None)
