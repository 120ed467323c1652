"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.files import services
from app.files.rules import FORGOTTEN_AFTER
from app.files.store import store
from app.jobs.worker import recurs


@recurs("files.sweep", every=timedelta(hours=6))
def sweep(now: datetime) -> None:
    """Contents first, rows second: what a running backup still knows by its row lies there for another turn."""
    shelf = store()
    for key in services.without_row(shelf.older_than((now - FORGOTTEN_AFTER).timestamp())):
        shelf.delete(key)
    services.forget_unused(now=now)
