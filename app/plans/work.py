"""What the worker does about actions, consultations and what is typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import recurs
from app.plans.services import acting, asking, typing


@recurs("plans.tell_overdue", every=timedelta(hours=6))
def tell_overdue(now: datetime) -> None:
    """Write to the owners of actions that are overdue, once for each due day."""
    while acting.tell_overdue(now=now):
        pass


@recurs("plans.ask_and_remind", every=timedelta(hours=1))
def ask_and_remind(now: datetime) -> None:
    """Tell who is asked about a plan, and who is silent shortly before the end."""
    while asking.ask_due(now=now):
        pass
    while asking.remind_due(now=now):
        pass


@recurs("plans.forget_typed", every=timedelta(days=1))
def forget_typed(now: datetime) -> None:
    """What was typed into chapters and nobody came back to."""
    typing.forget_old(now=now)
