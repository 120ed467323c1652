"""One line of JSON a request, on standard error."""

from __future__ import annotations

import re
import sys
import threading
import time
from datetime import datetime
from functools import cache
from json.encoder import encode_basestring_ascii as quoted

Answer = tuple[datetime, str, str, str, float]
PAUSE = 0.05
"""Seconds between two writes. In a rush, a write for every line would cost more than answering a feed."""

# the proxy's log leaves out the same: deploy/nginx.conf
_BEFORE_SECRETS = (
    "registrations",
    "sign-in",
    "adoptions",
    "board/posts",
    "cafe",
    "outputs",
    "calendars",
    "check-in",
    "consultations",
    "free-busy",
    "hosting",
    "invitations",
    "needs/at",
    "practices/authors",
    "speaking",
    "stories/authors",
    "unsubscribe",
)
_BEFORE = re.compile(rf"/+({'|'.join(_BEFORE_SECRETS)})/[^/]+")


class RequestLog:
    """Writes a line at once, or, within PAUSE of the last write, together with those that follow it.

    Safe among threads. An orderly stop waits for what is still to be written.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: list[Answer] = []
        self._is_waiting = False
        self._free_at = 0.0

    def note(self, at: datetime, *, method: str, path: str, status: str, seconds: float) -> None:
        """Log one answer; what a stranger wrote is quoted, and what opens something is left out of the path."""
        with self._lock:
            self._answers.append((at, method, path, status, seconds))
            if self._is_waiting:
                return
            if time.monotonic() < self._free_at:
                self._is_waiting = True
                threading.Timer(PAUSE, self.write).start()
                return
        self.write()

    def write(self) -> None:
        """Write what is there now."""
        with self._lock:
            answers, self._answers = self._answers, []
            self._is_waiting = False
            self._free_at = time.monotonic() + PAUSE
        about = cache(_about)  # for this write only: paths may hold secrets
        sys.stderr.write(
            "".join(
                f'{{"timestamp": "{at.isoformat(timespec="milliseconds")}", {about(method, path, status)}, '
                f'"ms": {seconds * 1000:.1f}}}\n'
                for at, method, path, status, seconds in answers
            )
        )
        sys.stderr.flush()


def _about(method: str, path: str, status: str) -> str:
    return (
        f'"event": "request", "method": {quoted(method)}, "path": {quoted(without_secrets(path))}, "status": "{status}"'
    )


def without_secrets(path: str) -> str:
    """A path as it may be logged: what opens a registration, say, or signs in is left out."""
    return _BEFORE.sub(r"/\1/…", path, count=1) if _BEFORE.match(path) else path
