"""When a form may be answered, when the silent are reminded, and when answers go."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.kernel.dates import instant, zone


def is_open(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> bool:
    """Whether a form may be answered now; its deadline itself is too late."""
    return (opens_at is None or now >= opens_at) and (closes_at is None or now < closes_at)


def reminder_at(closes_at: datetime | None, days_before: int | None) -> datetime | None:
    """When those who are silent are reminded; None for never."""
    return closes_at - timedelta(days=days_before) if closes_at and days_before is not None else None


def erased_on(last_day: date, days_after: int | None) -> date | None:
    """The day, in the event's zone, on which answers are erased; None when they stay as long as the registration."""
    return None if days_after is None else last_day + timedelta(days=days_after)


def moved(moment: datetime | None, *, before: datetime, after: datetime, timezone: str) -> datetime | None:
    """A window's edge carried over to another edition: as many days from its start, at the same wall-clock time."""
    if moment is None:
        return None
    there = zone(timezone)
    days = after.astimezone(there).date() - before.astimezone(there).date()
    local = moment.astimezone(there)
    return instant(local.date() + days, local.time(), timezone)
