"""Fetches in memory until they are written, once a minute: answering a calendar is a read and stays one.

What is noted is lost with its process, at most a minute of it. Only what :mod:`app.wsgi` serves writes by itself.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from multiprocessing import util

import structlog
from flask import Flask

from app.fetches import services
from app.fetches.rules import Noted

EVERY = 60.0
MOST = 5000
"""What a process remembers between two writings; of more, the oldest are forgotten."""

LONGEST_AGENT = 160
Plain = tuple[str, int, str, float, bool]
"""The fields of Noted: a plain tuple is made in a fifth of the time."""

log = structlog.get_logger()


class Fetches:
    """What one process answered since it last wrote. Appending is atomic, so nobody waits for anybody."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._noted: deque[Plain] = deque(maxlen=MOST)
        self._stop = threading.Event()
        self._writing = threading.Lock()
        self.append = self._noted.append

    def note(self, calendar: str, status: int, user_agent: str, *, by_caldav: bool = False) -> None:
        """Remember an answer, now."""
        self.append((calendar, status, user_agent[:LONGEST_AGENT], time.time(), by_caldav))

    def take(self) -> list[Plain]:
        """What was noted, oldest first; it is not remembered here any more."""
        return [self._noted.popleft() for _ in range(len(self._noted))]

    def write(self) -> None:
        """Write what was noted. When the database is away it waits for the next minute."""
        with self._writing:
            noted = self.take()
            if not noted:
                return
            try:
                with self._app.app_context():
                    services.write([Noted(*one) for one in noted])
            except Exception as error:
                log.warning("fetches_not_written", error=str(error))
                if room := MOST - len(self._noted):
                    self._noted.extendleft(reversed(noted[-room:]))

    def write_every_minute(self) -> None:
        """Begin to write in the background, and once more when the process stops in order."""
        threading.Thread(target=self._go_on, name="fetches", daemon=True).start()
        atexit.register(self.close)
        util.Finalize(None, self.close, exitpriority=10)  # children of a server leave without atexit

    def close(self) -> None:
        """Write the rest; nothing is written by itself afterwards."""
        if not self._stop.is_set():
            self._stop.set()
            self.write()

    def _go_on(self) -> None:
        while not self._stop.wait(EVERY):
            self.write()
