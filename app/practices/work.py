"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import recurs
from app.practices import services


@recurs("practices.drafts", every=timedelta(days=1))
def sweep(now: datetime) -> None:
    """Drafts that nobody came back to."""
    services.forget_drafts(now=now)
