"""What the worker does about comments."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.worker import recurs
from app.stories.services import comments


@recurs("stories.forget_comments", every=timedelta(hours=6))
def forget(now: datetime) -> None:
    """Erase addresses, marks of clients and refused comments in their time."""
    comments.forget_due(now=now)
