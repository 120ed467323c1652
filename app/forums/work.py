"""What the worker does about forums."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.forums.services import contacts
from app.jobs.worker import recurs


@recurs("forums.erase_cards", every=timedelta(hours=6))
def erase_cards(now: datetime) -> None:
    """Erase contact cards two months after their event."""
    contacts.erase_over(now=now)
