"""What the worker does about personal calendars."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.personal import queries, services


@performs(services.REFRESH)
def refresh_calendar(token_id: int) -> None:
    services.refresh(token_id, now=clock.now())


@recurs("refresh_personal_calendars", every=timedelta(hours=6))
def refresh_all(now: datetime) -> None:
    """What only time changes, or what no fact tells: days that are over, answers that were given."""
    for token_id in queries.live_ids():
        services.refresh(token_id, now=now)


@recurs("forget_personal_entries", every=timedelta(days=1))
def forget_old(now: datetime) -> None:
    services.forget_old(now)
