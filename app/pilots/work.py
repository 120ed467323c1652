"""What the worker does about services."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import recurs
from app.pilots import services


@recurs("pilots.tell_overdue", every=timedelta(hours=6))
def tell_overdue(now: datetime) -> None:
    """Write to the owners of services whose next step is late, once for each due day."""
    while services.tell_overdue(now=now):
        pass
