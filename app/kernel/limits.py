"""Limits against flooding, counted per process; what must hold across processes is a rule over rows."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Hashable
from math import ceil

from flask import request
from flask_limiter import Limiter

from app.kernel.clients import client_of


def present_client() -> str:
    """The client of the request in hand; what it says of itself in headers does not count."""
    return client_of(request.remote_addr)


limiter = Limiter(present_client, storage_uri="memory://")


class Allowance:
    """So many in a stretch of ``seconds`` for each key, where no request of Flask is there to ask.

    All that was counted is forgotten at once when a stretch ends, so nothing gathers. Two threads may count one as
    one too few: it is a limit against floods.
    """

    def __init__(self, most: int, *, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._taken: Counter[Hashable] = Counter()
        self._ends = 0.0

    def take(self, key: Hashable) -> int:
        """0 when there is one left; else in how many seconds there will be."""
        instant = time.monotonic()
        if instant >= self._ends:
            self._taken, self._ends = Counter(), instant + self._seconds
        self._taken[key] += 1
        return 0 if self._taken[key] <= self._most else ceil(self._ends - instant)
