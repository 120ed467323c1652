"""The yearly rule of a zone as POSIX writes it: ``CET-1CEST,M3.5.0,M10.5.0/3`` (RFC 9636 §3.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_CLOCK = r"[+-]?\d+(?::\d+){0,2}"
_ONSET = rf"M\d+\.\d\.\d(?:/{_CLOCK})?"
_FOOTER = re.compile(rf"({_NAME})({_CLOCK})(?:({_NAME})({_CLOCK})?,({_ONSET}),({_ONSET}))?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


@dataclass(frozen=True, slots=True)
class Onset:
    """When an offset begins: a weekday in a week of a month (5 = the last), and a time on the clocks
    before the change, which may lie outside of that day (``/24``, ``/-1``)."""

    month: int
    week: int
    weekday: int
    clock: timedelta

    @classmethod
    def parse(cls, text: str) -> Onset:
        """Read ``M3.5.0/3``; without a time, 02:00 is meant."""
        day, _, clock = text.removeprefix("M").partition("/")
        month, week, weekday = map(int, day.split("."))
        return cls(month, week, weekday, _clock(clock or "2"))

    def rrules(self) -> Iterator[tuple[int, str]]:
        """Months with the RRULE of the onsets in them: one, or two when the days reach into the next (Cairo)."""
        shift = self.clock // timedelta(days=1)
        weekday = _WEEKDAYS[(self.weekday + shift) % 7]
        if not shift:
            yield self.month, f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={-1 if self.week == 5 else self.week}{weekday}"
            return
        for month, days in self._days(shift).items():
            yield month, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={','.join(map(str, days))};BYDAY={weekday}"

    def first(self, month: int, since: int) -> datetime:
        """The first onset in a month, from a year on, on the clocks before the change."""
        return next(moment for year in count(since) if (moment := self._in_year(year)).month == month)

    def _in_year(self, year: int) -> datetime:
        first = date(year, self.month, 1)
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % 7, weeks=self.week - 1)
        if day.month != self.month:
            day -= timedelta(weeks=1)
        return datetime.combine(day, time()) + self.clock

    def _days(self, shift: int) -> dict[int, list[int]]:
        """Days of the change by month; no zone changes its clocks around the end of February."""
        first = date(2001, self.month, 1)
        if self.week == 5:
            start = (first + timedelta(days=31)).replace(day=1) - timedelta(weeks=1)
        else:
            start = first + timedelta(weeks=self.week - 1)
        days: dict[int, list[int]] = {}
        for number in range(7):
            day = start + timedelta(days=number + shift)
            days.setdefault(day.month, []).append(day.day)
        return days


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """An offset from UTC, its abbreviation, and when it begins each year."""

    name: str
    offset: timedelta
    begins: Onset | None = None


def seasons(footer: str) -> tuple[Season, ...]:
    """The one or two seasons of a rule. ValueError for a form that no zone uses.

    POSIX counts offsets westwards, and names after the offsets when the other one begins and ends.
    """
    match = _FOOTER.fullmatch(footer)
    if not match:
        raise ValueError(f"cannot read the zone rule {footer!r}")
    name, west, other_name, other_west, begins, ends = match.groups()
    name, offset = name.strip("<>"), -_clock(west)
    if not other_name:
        return (Season(name=name, offset=offset),)
    other_offset = -_clock(other_west) if other_west else offset + timedelta(hours=1)
    return (
        Season(name=other_name.strip("<>"), offset=other_offset, begins=Onset.parse(begins)),
        Season(name=name, offset=offset, begins=Onset.parse(ends)),
    )


def _clock(text: str) -> timedelta:
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    amount = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -amount if text.startswith("-") else amount
