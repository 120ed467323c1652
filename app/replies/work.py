"""Answers are forgotten as the needs of participants are."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.jobs.worker import recurs
from app.replies import services


@recurs("forget_calendar_replies", every=timedelta(hours=6))
def forget(now: datetime) -> None:
    services.forget_old(before=now - timedelta(days=current_app.config["FILO"].retention_days))
