"""A month as a grid of weeks that begin on Monday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.events.rules import Kind, Status
from app.kernel.texts import Wording
from app.site import queries
from app.site.presenters.dates import first_and_last, local, month_heading, weekday
from app.site.rules import Month, Wanted

MOST_A_MONTH = 600
MOST_A_DAY = 8
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event on one of its days; ``time`` only on the first."""

    url: str
    kind: Kind
    title: Wording
    time: str
    is_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    date: date
    weekday: str
    is_out: bool
    is_today: bool
    entries: list[Entry]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    title: str
    weekdays: list[tuple[str, str]]
    days: list[Day]
    count: int
    previous: tuple[str, str]
    next: tuple[str, str]
    changes_at: datetime


def month_page(wanted: Wanted, now: datetime, language: str, *, empty: bool = False) -> MonthPage:
    """The month that is wanted, else the present one; each event stands on every day it lasts."""
    month = wanted.month or Month.of(now.date())
    rows: Sequence[Any] = [] if empty else _events(wanted, month)
    entries = _by_day(rows, language)
    today = now.date()
    return MonthPage(
        title=month_heading(month.year, month.number, language),
        weekdays=[(weekday(number, language), weekday(number, language, "EEEE")) for number in range(7)],
        days=[_day(day, month, today, entries, language) for day in _days(month)],
        count=sum(1 for row in rows if _touches(row, month)),
        previous=_turn(wanted, month.previous, language),
        next=_turn(wanted, month.next, language),
        changes_at=datetime.combine(today + A_DAY, time(), UTC),
    )


def _events(wanted: Wanted, month: Month) -> Sequence[Any]:
    # a day more on either side: the month begins earlier or later in the zones of its events
    start = datetime.combine(month.first, time(), UTC) - A_DAY
    end = datetime.combine(month.next.first, time(), UTC) + A_DAY
    return queries.events_between(wanted.filter, start, end, limit=MOST_A_MONTH)


def _touches(row: Any, month: Month) -> bool:
    first, last = first_and_last(row)
    return first < month.next.first and last >= month.first


def _days(month: Month) -> list[date]:
    start = month.first - timedelta(days=month.first.weekday())
    last = month.next.first - A_DAY
    end = last + timedelta(days=6 - last.weekday())
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def _by_day(rows: Sequence[Any], language: str) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = defaultdict(list)
    for row in rows:
        first, last = first_and_last(row)
        for number in range((last - first).days + 1):
            found[first + timedelta(days=number)].append(_entry(row, number, language))
    return found


def _entry(row: Any, number: int, language: str) -> Entry:
    return Entry(
        url=f"/events/{row.slug}",
        kind=row.kind,
        title=row.title.wording(language),
        time="" if number else f"{local(row.starts_at, row.timezone):%H:%M}",
        is_off=row.status is Status.CALLED_OFF,
    )


def _day(day: date, month: Month, today: date, entries: dict[date, list[Entry]], language: str) -> Day:
    is_out = Month.of(day) != month
    found = [] if is_out else entries.get(day, [])
    return Day(
        date=day,
        weekday=weekday(day.weekday(), language, "EEEE"),
        is_out=is_out,
        is_today=day == today and not is_out,
        entries=found[:MOST_A_DAY],
        more=max(0, len(found) - MOST_A_DAY),
    )


def _turn(wanted: Wanted, month: Month, language: str) -> tuple[str, str]:
    return wanted.other(month=month).address(), month_heading(month.year, month.number, language)
