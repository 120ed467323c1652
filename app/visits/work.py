"""What the worker does about hosts."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.jobs.worker import recurs
from app.visits.services import hosts


@recurs("visits.remind_hosts", every=timedelta(hours=1))
def remind_hosts(now: datetime) -> None:
    hosts.remind_silent(now)


@recurs("visits.forget_hosts", every=timedelta(hours=6))
def forget_hosts(now: datetime) -> None:
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while hosts.forget(before=before) == hosts.BATCH:
        pass
