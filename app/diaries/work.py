"""What the worker does about diaries."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.diaries.services import debriefing
from app.jobs.worker import recurs


@recurs("diaries.erase", every=timedelta(hours=6))
def erase(now: datetime) -> None:
    """Erase diaries on the day on which diets and messages of the event are."""
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while debriefing.erase(before=before):
        pass
