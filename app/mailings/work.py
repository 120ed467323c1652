"""What the worker does for mailings."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.jobs.worker import buries, performs, recurs
from app.kernel import clock
from app.mailings import queries, services
from app.mailings.services import forgetting
from app.mailings.services.sending import TAKE_IN


@recurs("start_due_mailings", every=timedelta(minutes=1))
def start_due(now: datetime) -> None:
    """Begin every mailing whose time has come."""
    for mailing_id in queries.due(now):
        services.start(mailing_id, now=now)


@recurs("finish_mailings", every=timedelta(minutes=1))
def finish(now: datetime) -> None:
    """Close every mailing of which nothing waits any more."""
    for mailing_id in queries.taken_in():
        services.finish(mailing_id, now=now)


@recurs("forget_recipients", every=timedelta(hours=6))
def forget(now: datetime) -> None:
    """Forget who was written to when the retention time after the event is over."""
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while forgetting.forget_recipients(before=before) == forgetting.BATCH:
        pass


@performs(TAKE_IN)
def take_in_audience(mailing_id: int, after: int) -> None:
    services.take_in(mailing_id, after=after, now=clock.now())


@buries(TAKE_IN)
def give_up(mailing_id: int, after: int, reason: str) -> None:
    services.give_up(mailing_id, now=clock.now())
