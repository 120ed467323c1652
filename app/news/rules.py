"""What is news about an event, and for how long."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.events.rules import Status

KEPT_DAYS = 90
"""For how many days something is news."""


class NewsKind(StrEnum):
    PUBLISHED = "published"
    RESUMED = "resumed"  # takes place after all, after it was postponed
    MOVED = "moved"
    POSTPONED = "postponed"
    CALLED_OFF = "called_off"


def news_of_step(before: Status, after: Status) -> NewsKind | None:
    """What the public is told of a step; None for steps that only the organisers care for."""
    if after is Status.PUBLISHED:
        return NewsKind.RESUMED if before is Status.POSTPONED else NewsKind.PUBLISHED
    return {Status.POSTPONED: NewsKind.POSTPONED, Status.CALLED_OFF: NewsKind.CALLED_OFF}.get(after)


def oldest(today: date) -> datetime:
    """From when on something is still news."""
    return datetime.combine(today - timedelta(days=KEPT_DAYS), time(), UTC)
