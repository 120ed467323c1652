"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.practices import services
from app.practices.services import telling


@recurs("practices.drafts", every=timedelta(days=1))
def sweep(now: datetime) -> None:
    """Drafts that nobody came back to."""
    services.forget_drafts(now=now)


@performs(telling.TELL)
def tell(practice_id: int) -> None:
    """Write to those whom a review concerns, once nothing more comes."""
    telling.tell(practice_id, now=clock.now())


@recurs("practices.forget_contacts", every=timedelta(hours=12))
def forget_contacts(now: datetime) -> None:
    """Erase relayed messages in their time."""
    services.forget_contacts(now=now)
