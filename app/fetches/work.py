"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.fetches import services
from app.jobs.worker import recurs


@recurs("forget_fetches", every=timedelta(hours=1))
def forget_old(now: datetime) -> None:
    services.forget_old(now)
