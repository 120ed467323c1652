"""What the worker does about practices that are taken up."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import recurs
from app.transfers import services


@recurs("transfers.ask", every=timedelta(hours=6))
def ask(now: datetime) -> None:
    """Ask how far they are, after three, six and twelve months."""
    services.ask_due(now=now)
