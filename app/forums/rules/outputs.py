"""Until when the rapporteur of a working table may write."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.forums.errors import OutputOver, OutputReleased

WRITTEN_UP_WITHIN = timedelta(days=30)  # after the event


def check_writable(*, is_released: bool, event_ends_at: datetime, now: datetime) -> None:
    """Raises OutputReleased once only the organiser changes it, and OutputOver thirty days after the event."""
    if is_released:
        raise OutputReleased
    if now >= event_ends_at + WRITTEN_UP_WITHIN:
        raise OutputOver
