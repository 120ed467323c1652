"""Which days the events of the demonstration fall on."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5
LEAD_TIME = timedelta(days=30)


def working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() >= SATURDAY else day


def march_clock_change(year: int) -> date:
    """The last Sunday of March, on which summer time begins in the European Union (Directive 2000/84/EC)."""
    last = date(year, 3, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def thursday_before_clock_change(today: date) -> date:
    """The Thursday before the next March clock change that is at least 30 days away."""
    for year in (today.year, today.year + 1, today.year + 2):
        thursday = march_clock_change(year) - timedelta(days=3)
        if thursday >= today + LEAD_TIME:
            return thursday
    raise AssertionError("one of three Marches is far enough away")
