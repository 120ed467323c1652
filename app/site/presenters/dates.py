"""Dates as lists need them, and names of languages; the rest is in kernel/date_words.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from app.kernel.date_words import date_span, day_words, last_day, rough_date
from app.kernel.dates import DatePrecision, RoughDate, shown_zone


def local(moment: datetime, timezone: str) -> datetime:
    return moment.astimezone(shown_zone(timezone))


def heading(day: date, precision: DatePrecision, language: str) -> str:
    """What a list puts above a day: its month, or the year where no more is known."""
    if precision is DatePrecision.YEAR:
        return str(day.year)
    return month_heading(day.year, day.month, language)


@cache
def month_heading(year: int, month: int, language: str) -> str:
    """``March 2027``, as a heading begins: with a capital letter."""
    words = format_date(date(year, month, 1), "LLLL y", locale=language)
    return words[:1].upper() + words[1:]


@cache
def short_month(month: int, language: str) -> str:
    return format_date(date(2001, month, 1), "LLL", locale=language)


@cache
def weekday(number: int, language: str, pattern: str = "EEE") -> str:
    """The name of a weekday; 0 is Monday."""
    return format_date(date(2001, 1, 1) + timedelta(days=number), pattern, locale=language)


def event_days(event: Any) -> str:
    """The days of an event in words, as exactly as they are known."""
    if event.date_precision is not DatePrecision.DAY:
        return rough_date(RoughDate(local(event.starts_at, event.timezone).date(), event.date_precision))
    return date_span(event.starts_at, event.ends_at, event.timezone, weekday=True)


def moment_words(moment: datetime, timezone: str) -> str:
    """``5 March 2027, 12:00``"""
    there = local(moment, timezone)
    return f"{day_words(there.date())}, {there:%H:%M}"


def first_and_last(event: Any) -> tuple[date, date]:
    """The days of an event on the wall calendar of its zone."""
    first = local(event.starts_at, event.timezone).date()
    return first, last_day(event.starts_at, event.ends_at, event.timezone)


def joined(words: Sequence[str], language: str) -> str:
    """``a, b and c``"""
    return format_list(words, locale=language)


@cache
def language_name(code: str, language: str) -> str:
    """The name of a spoken language in the reader's one."""
    return str(Locale(language).languages.get(code, code))
