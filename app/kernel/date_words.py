"""Dates and times as people write them, in the language in force.

Babel's own English is American; here days stand before months. A day is never shown that is not known.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date

from app.kernel.dates import DatePrecision, RoughDate, shown_zone
from app.kernel.i18n import language

_DAY = {"en": "d", "it": "d", "de": "d."}
_DAY_MONTH = {"en": "d MMMM", "it": "d MMMM", "de": "d. MMMM"}
_DAY_MONTH_YEAR = {"en": "d MMMM y", "it": "d MMMM y", "de": "d. MMMM y"}
_SHORT = {"en": "d MMM y", "it": "d MMM y", "de": "d. MMM y"}
_WITH_WEEKDAY = {"en": "EEEE d MMMM y", "it": "EEEE d MMMM y", "de": "EEEE, d. MMMM y"}


def _written(day: date, patterns: dict[str, str]) -> str:
    lang = language()
    return format_date(day, patterns[lang], locale=lang)


def rough_date(rough: RoughDate) -> str:
    """``2013``, ``March 2013`` or ``25 October 2011``: as much as is known."""
    match rough.precision:
        case DatePrecision.YEAR:
            return str(rough.first.year)
        case DatePrecision.MONTH:
            return format_date(rough.first, "LLLL y", locale=language())
        case DatePrecision.DAY:
            return _written(rough.first, _DAY_MONTH_YEAR)


def rough_span(starts: RoughDate | None, ends: RoughDate | None) -> str:
    """``March 2010 – February 2013``; one of the two may be unknown, and then the dash stands alone."""
    if starts == ends:
        return rough_date(starts) if starts else ""
    return f"{rough_date(starts) if starts else ''} – {rough_date(ends) if ends else ''}".strip()


def day_words(day: date) -> str:
    """``18 March 2027``."""
    return _written(day, _DAY_MONTH_YEAR)


def short_day(day: date) -> str:
    """``18 Mar 2027``."""
    return _written(day, _SHORT)


def day_with_weekday(day: date) -> str:
    """``Thursday 18 March 2027``."""
    return _written(day, _WITH_WEEKDAY)


def month_words(day: date) -> str:
    """``March 2027``."""
    return format_date(day, "LLLL y", locale=language())


def local_day(instant: datetime, timezone: str) -> date:
    """The day that the calendar on the wall shows in that zone."""
    return instant.astimezone(shown_zone(timezone)).date()


def last_day(starts_at: datetime, ends_at: datetime, timezone: str) -> date:
    """The last day of a span; what ends at midnight does not begin the next day."""
    end = ends_at.astimezone(shown_zone(timezone))
    ends_at_midnight = end.hour == end.minute == 0 and ends_at > starts_at
    return (end - timedelta(minutes=1)).date() if ends_at_midnight else end.date()


def date_span(starts_at: datetime, ends_at: datetime, timezone: str, *, weekday: bool = False) -> str:
    """``18 March 2027``, ``18 – 19 March 2027``, ``30 March – 2 April 2027``; ``weekday`` names a single day's."""
    first, last = local_day(starts_at, timezone), last_day(starts_at, ends_at, timezone)
    if first == last:
        return day_with_weekday(first) if weekday else day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_written(first, _DAY)} – {day_words(last)}"
    if first.year == last.year:
        return f"{_written(first, _DAY_MONTH)} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def clock_time(instant: datetime, timezone: str) -> str:
    """``09:00``: the wall clock in that zone, 24 hours in every language."""
    return instant.astimezone(shown_zone(timezone)).strftime("%H:%M")


def time_span(starts_at: datetime, ends_at: datetime, timezone: str) -> str:
    """``09:00–12:30``."""
    return f"{clock_time(starts_at, timezone)}–{clock_time(ends_at, timezone)}"


GLOBALS = (
    clock_time,
    date_span,
    day_with_weekday,
    day_words,
    last_day,
    local_day,
    month_words,
    rough_date,
    rough_span,
    short_day,
    time_span,
)
