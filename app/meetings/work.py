"""What the worker does about meetings."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from app.jobs.worker import buries, performs, recurs
from app.kernel import clock
from app.meetings.schedule import Progress, solve
from app.meetings.services import asking, searching

TOLD_EVERY = 1.0  # seconds between two notes of how far a search is


@performs(searching.SEARCH, takes_long=True)
def search(search_id: int) -> None:
    """Look for a schedule; the page shows how far it is and can stop it."""
    started = searching.start(search_id, now=clock.now())
    if started is None:
        return
    posed, seconds = started
    solved = solve(posed.problem, seconds=seconds, watch=_Watch(search_id))
    searching.finish(search_id, posed=posed, solved=solved, now=clock.now())


class _Watch:
    """Notes how far a search is, once a second, and asks whether it shall end."""

    def __init__(self, search_id: int) -> None:
        self._search_id, self._told = search_id, 0.0

    def __call__(self, progress: Progress) -> bool:
        if self._told and time.monotonic() - self._told < TOLD_EVERY:
            return False
        self._told = time.monotonic()
        return searching.hear(self._search_id, progress=progress, now=clock.now())


@buries(searching.SEARCH)
def give_up(search_id: int, *, reason: str) -> None:
    searching.fail(search_id, reason=reason, now=clock.now())


@recurs("meetings.expire", every=timedelta(minutes=10))
def expire(now: datetime) -> None:
    """Close requests that nobody answered in time."""
    asking.expire_due(now=now)
