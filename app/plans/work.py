"""What the worker does about actions."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import recurs
from app.plans.services import acting


@recurs("plans.tell_overdue", every=timedelta(hours=6))
def tell_overdue(now: datetime) -> None:
    """Write to the owners of actions that are overdue, once for each due day."""
    while acting.tell_overdue(now=now):
        pass
