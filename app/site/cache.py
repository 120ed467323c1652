"""Rendered parts of public pages, kept in this process as long as nothing that they show has changed.

A part is good while the version of the pages is the one it was rendered at, the places of its events are as it
shows them, and no moment has come at which it would read differently. What is not covered by a version (the name
of a venue, say) shows after a minute at the latest.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from app.registration.queries import ShownSeats, shown_seats

MOST_PARTS = 500
LONGEST_LIFE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rendered texts by name, and what they were made from. ``changes_at``: when the clock alone makes them untrue."""

    texts: Mapping[str, str]
    seats: Mapping[int, ShownSeats] = field(default_factory=dict)
    changes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    part: Part
    version: int
    until: datetime


class Parts:
    """A bounded store; the oldest part leaves first. Safe among threads."""

    def __init__(self, most: int = MOST_PARTS) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, *, version: int, now: datetime, render: Callable[[], Part]) -> Part:
        """The part under a key, rendered anew unless it is still true. ``version`` was read before anything else."""
        with self._lock:
            kept = self._kept.get(key)
        if kept and kept.version == version and now < kept.until and _same_seats(kept.part):
            return kept.part
        part = render()
        if self._most:
            self._keep(key, _Kept(part, version, min(now + LONGEST_LIFE, part.changes_at or now + LONGEST_LIFE)))
        return part

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _same_seats(part: Part) -> bool:
    return not part.seats or shown_seats(part.seats) == part.seats
