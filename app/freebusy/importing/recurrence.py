"""The days of a recurrence rule (RFC 5545, 3.3.10), in bounded time.

Only what calendars of rooms and partners write: daily to yearly, with BYDAY, BYMONTHDAY, BYMONTH and BYSETPOS.
A general library would walk to the year 9999 for a rule that never comes true, such as every 30 February.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_READ = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_LONGEST = 1000  # letters of a rule: every day of a month, every month and every weekday fit well
_BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class BadRule(ValueError):  # noqa: N818
    """It cannot be meant; the message is the part that is wrong."""


class TooOften(ValueError):  # noqa: N818
    """By the hour, minute or second: no calendar of rooms means it."""


class NotRead(ValueError):  # noqa: N818
    """A part of the standard that is not read; the message names it."""


class OutOfBudget(Exception):  # noqa: N818
    """The rules of one file ask for more days than are looked at."""


@dataclass(slots=True)
class Budget:
    """How many days may still be looked at for all rules of one file."""

    days: int

    def spend(self, days: int) -> None:
        self.days -= days
        if self.days < 0:
            raise OutOfBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``by_day`` holds pairs of an ordinal, 0 for every one, and a weekday, 0 for Monday. ``until`` is as written."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: str = ""
    by_day: frozenset[tuple[int, int]] = frozenset()
    by_month_day: frozenset[int] = frozenset()
    by_month: frozenset[int] = frozenset()
    by_position: frozenset[int] = frozenset()
    week_start: int = 0


def parse_rule(text: str) -> Rule:
    """Read the value of an RRULE; raises BadRule, TooOften or NotRead."""
    if len(text) > _LONGEST:
        raise BadRule(text[:40])
    parts = dict(_parts(text))
    if (frequency := parts.get("FREQ", "")) in _TOO_OFTEN:
        raise TooOften(frequency)
    if frequency not in set(Frequency):
        raise BadRule(f"FREQ={frequency}" if frequency else "FREQ")
    if unread := sorted(set(parts) - _READ):
        raise NotRead(unread[0])
    by_day = frozenset(_weekday(each) for each in parts["BYDAY"].split(",")) if "BYDAY" in parts else frozenset()
    if any(ordinal for ordinal, _day in by_day) and frequency in {"DAILY", "WEEKLY"}:
        raise BadRule("BYDAY")
    if parts.get("WKST", "MO") not in WEEKDAYS:
        raise BadRule("WKST")
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule("COUNT, UNTIL")
    return Rule(
        frequency=Frequency(frequency),
        interval=_numbers(parts, "INTERVAL", 1, 1000)[0] if "INTERVAL" in parts else 1,
        count=_numbers(parts, "COUNT", 1, 1_000_000)[0] if "COUNT" in parts else None,
        until=parts.get("UNTIL", ""),
        by_day=by_day,
        by_month_day=frozenset(_numbers(parts, "BYMONTHDAY", -31, 31)),
        by_month=frozenset(_numbers(parts, "BYMONTH", 1, 12)),
        by_position=frozenset(_numbers(parts, "BYSETPOS", -366, 366)),
        week_start=WEEKDAYS[parts.get("WKST", "MO")],
    )


def days(rule: Rule, first: date, *, since: date, until: date, budget: Budget) -> Iterator[date]:
    """The days from ``since`` to ``until`` on which a rule that begins on ``first`` falls, in order.

    UNTIL is left to the caller, who knows the time of day. Raises OutOfBudget.
    """
    left = rule.count
    for period in _periods(rule, first, since if left is None else first, until):
        budget.spend(len(period))
        for day in _positioned(rule, [day for day in period if _fits(rule, day, first)]):
            if day < first:
                continue
            if day > until or left == 0:
                return
            left = None if left is None else left - 1
            if day >= since:
                yield day


def _periods(rule: Rule, first: date, since: date, until: date) -> Iterator[list[date]]:
    """The days of every day, week, month or year that counts, from the last one that begins before ``since``."""
    step, ahead = rule.interval, max(since, first)
    match rule.frequency:
        case Frequency.DAILY | Frequency.WEEKLY:
            length = 1 if rule.frequency is Frequency.DAILY else 7
            start = first if length == 1 else first - timedelta(days=(first.weekday() - rule.week_start) % 7)
            number = (ahead - start).days // (length * step) * step
            while (begins := _after(start, number * length)) and begins <= until:
                yield _span(begins, length)
                number += step
        case Frequency.MONTHLY:
            origin = first.year * 12 + first.month - 1
            month = origin + (ahead.year * 12 + ahead.month - 1 - origin) // step * step
            while month <= until.year * 12 + until.month - 1:
                begins = date(month // 12, month % 12 + 1, 1)
                yield _span(begins, calendar.monthrange(begins.year, begins.month)[1])
                month += step
        case Frequency.YEARLY:
            year = first.year + (ahead.year - first.year) // step * step
            while year <= until.year:
                yield _span(date(year, 1, 1), 366 if calendar.isleap(year) else 365)
                year += step


def _after(start: date, days: int) -> date | None:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def _span(begins: date, length: int) -> list[date]:
    first = begins.toordinal()
    return [date.fromordinal(number) for number in range(first, min(first + length, date.max.toordinal() + 1))]


def _fits(rule: Rule, day: date, first: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and not {day.day, day.day - _month_length(day) - 1} & rule.by_month_day:
        return False
    if rule.by_day:
        return any((nth, day.weekday()) in rule.by_day for nth in _ordinals(rule, day))
    if rule.by_month_day:
        return True
    match rule.frequency:
        case Frequency.WEEKLY:
            return day.weekday() == first.weekday()
        case Frequency.MONTHLY:
            return day.day == first.day
        case Frequency.YEARLY:
            return day.day == first.day and (bool(rule.by_month) or day.month == first.month)
    return True


def _ordinals(rule: Rule, day: date) -> tuple[int, int, int]:
    """0 for every one, and which of its weekday a day is, from the first and from the last.

    Counted in the month, or in the year where the rule names no month.
    """
    if rule.frequency is Frequency.YEARLY and not rule.by_month:
        place, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    else:
        place, length = day.day, _month_length(day)
    return 0, (place - 1) // 7 + 1, -((length - place) // 7 + 1)


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _positioned(rule: Rule, found: list[date]) -> list[date]:
    chosen = rule.by_position
    if not chosen:
        return found
    return [day for place, day in enumerate(found) if place + 1 in chosen or place - len(found) in chosen]


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for part in text.strip().rstrip(";").upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise BadRule(part[:40])
        yield name.strip(), value.strip()


def _numbers(parts: dict[str, str], name: str, low: int, high: int) -> list[int]:
    texts = parts[name].split(",") if name in parts else []
    if not all(re.fullmatch(r"[+-]?[0-9]{1,7}", text) and low <= int(text) <= high and int(text) for text in texts):
        raise BadRule(f"{name}={parts[name]}"[:40])
    return [int(text) for text in texts]


def _weekday(text: str) -> tuple[int, int]:
    match = _BY_DAY.fullmatch(text)
    if not match or (match[1] and not 1 <= abs(int(match[1])) <= 53):
        raise BadRule(f"BYDAY={text}"[:40])
    return int(match[1] or 0), WEEKDAYS[match[2]]
