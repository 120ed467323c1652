"""How keys are kept and stamps grow."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

LONGEST_KEY = 120
PAGES = "pages"
"""The collection whose version says that something changed which public pages show."""

KEPT = timedelta(days=180)
"""How long it is known what changed, for those who ask; afterwards they fetch all."""

_SECOND = timedelta(seconds=1)  # what HTTP's dates can tell apart


def stored_key(key: str) -> str:
    """The key as the table holds it: one that is too long ends in its hash."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}#{digest}"


def next_stamp(now: datetime, last: datetime | None) -> datetime:
    """When a collection changed, always at least a second after it did before, so that Last-Modified moves too."""
    return max(now, last + _SECOND) if last else now
