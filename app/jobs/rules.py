from __future__ import annotations

from datetime import timedelta

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 10
KEPT = timedelta(days=180)
_LONGEST = timedelta(hours=6)


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after the n-th failure: 30 s, doubling, at most six hours."""
    return min(timedelta(seconds=30 * 2 ** (attempts - 1)), _LONGEST)
