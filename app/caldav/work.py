"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.changes import services
from app.jobs.worker import recurs


@recurs("forget_changes", every=timedelta(days=1))
def forget_old(now: datetime) -> None:
    """A little at a time, so that nobody who changes an event waits long for the counter."""
    while services.forget_old(now):
        pass
