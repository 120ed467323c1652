"""What the worker does about the board."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.board import services
from app.jobs.worker import recurs


@recurs("board.remind", every=timedelta(hours=6))
def remind(now: datetime) -> None:
    """Ask whether posts that end soon still stand."""
    services.remind_due(now=now)


@recurs("board.forget", every=timedelta(hours=12))
def forget(now: datetime) -> None:
    """Erase relayed messages in their time."""
    services.forget_due(now=now)
