"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.feeds import services
from app.jobs.worker import recurs


@recurs("move_feed_window", every=timedelta(hours=24))
def move_feed_window(now: datetime) -> None:
    """Every night, the turn of days being counted in UTC."""
    services.move_window(now)
