"""Keeps processes running: what dies is started again, and a stop lets everybody finish what is in hand."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger()
GRACE = 14.0  # seconds; more than a server gives its requests
_LONGEST_PAUSE = 30.0
_SETTLED = 30.0
_TICK = 0.1


def pause_before_start(deaths: int) -> float:
    """Seconds to wait after so many deaths in a row: none after the first, then half a second, doubling."""
    return min(0.25 * 2 ** (deaths - 1), _LONGEST_PAUSE) if deaths > 1 else 0.0


@dataclass
class Child:
    """One ``filo`` command as a process in a session of its own, so that a Ctrl-C reaches it through us only."""

    name: str
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = 0.0

    def look_after(self, now: float) -> None:
        """Start it when it is due; notice when it died."""
        if self.process is None:
            if now >= self.due:
                self._start(now)
        elif (code := self.process.poll()) is not None:
            self._bury(code, now)

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            log.warning("killed", process=self.name)
        self._kill_group()
        self.process.wait()

    def _start(self, now: float) -> None:
        command = [sys.executable, "-m", "app", *self.arguments]
        self.process = subprocess.Popen(command, start_new_session=True, preexec_fn=_stop_with_parent)  # noqa: S603, PLW1509
        self.started = now

    def _bury(self, code: int, now: float) -> None:
        self._kill_group()  # its own children would keep the port
        self.process = None
        self.deaths = 1 if now - self.started > _SETTLED else self.deaths + 1
        self.due = now + pause_before_start(self.deaths)
        log.error("process_died", process=self.name, code=code)

    def _kill_group(self) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """Runs ``filo`` commands until SIGTERM or SIGINT; ``tick`` is called ten times a second."""

    commands: Mapping[str, tuple[str, ...]]
    tick: Callable[[], None] = lambda: None
    _stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        children = [Child(name, arguments) for name, arguments in self.commands.items()]
        try:
            while not self._stopping:
                for child in children:
                    child.look_after(time.monotonic())
                self.tick()
                time.sleep(_TICK)
        finally:
            for child in children:
                child.ask_to_stop()
            until = time.monotonic() + GRACE
            for child in children:
                child.wait(until)

    def _stop(self, number: int, frame: object) -> None:
        self._stopping = True


def _stop_with_parent() -> None:
    """On Linux, have the kernel stop this process when the supervisor is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
