"""Keeps processes running: what dies is started again, and a stop lets everybody finish what is in hand."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess

import structlog
from setproctitle import setproctitle

log = structlog.get_logger()
GRACE = 14.0  # seconds; more than a server gives its requests
_LONGEST_PAUSE = 30.0
_SETTLED = 30.0
_TICK = 0.05
STOPPING = frozenset({signal.SIGINT, signal.SIGTERM})


def pause_before_start(deaths: int) -> float:
    """Seconds to wait after so many deaths in a row: none after the first, then half a second, doubling."""
    return min(0.25 * 2 ** (deaths - 1), _LONGEST_PAUSE) if deaths > 1 else 0.0


@dataclass
class Child:
    """One ``filo`` command as a process in a session of its own, so that a Ctrl-C reaches it through us only.

    Where the system can, it is a copy of this process (fork): what was imported and compiled is there at once,
    and again when it is started anew.
    """

    name: str
    work: Callable[[], None]
    process: BaseProcess | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = 0.0

    def look_after(self, now: float) -> None:
        """Start it when it is due; notice when it died."""
        if self.process is None:
            if now >= self.due:
                self._start(now)
        elif (code := self.process.exitcode) is not None:
            self._bury(code, now)

    def ask_to_stop(self) -> None:
        if self.process and self.process.is_alive():
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        self.process.join(max(until - time.monotonic(), 0.1))
        if self.process.is_alive():
            log.warning("killed", process=self.name)
        self._kill_group()
        self.process.join()

    def _start(self, now: float) -> None:
        self.process = _processes().Process(name=self.name, target=_run_alone, args=(self.name, self.work))
        before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)  # until the copy heeds them in its own way
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self.started = now

    def _bury(self, code: int, now: float) -> None:
        self._kill_group()  # its own children would keep the port
        self.process = None
        self.deaths = 1 if now - self.started > _SETTLED else self.deaths + 1
        self.due = now + pause_before_start(self.deaths)
        log.error("process_died", process=self.name, code=code)

    def _kill_group(self) -> None:
        if self.process and self.process.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """Runs ``filo`` commands until SIGTERM or SIGINT; ``tick`` is called twenty times a second.

    Nothing that a process must not share may be open when it begins: no connection, no thread.
    """

    commands: Mapping[str, Callable[[], None]]
    tick: Callable[[], None] = lambda: None
    _stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        for number in STOPPING:
            signal.signal(number, self._stop)
        children = [Child(name, work) for name, work in self.commands.items()]
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


def in_a_copy(work: Callable[[], None]) -> bool:
    """Do work that leaves threads behind, such as printing a paper, before children are started; whether it succeeded.

    A copy of a process with such threads has their locks without them, and waits for ever at the first paper.
    Where children are no copies, the work is done here.
    """
    if _processes().get_start_method() != "fork":
        work()
        return True
    process = _processes().Process(target=work)
    process.start()
    process.join()
    return process.exitcode == 0


def _processes() -> ForkContext | SpawnContext:
    if sys.platform == "linux":
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _run_alone(name: str, work: Callable[[], None]) -> None:
    """The command in its own process; its name is what ``ps`` shows."""
    os.setsid()
    _stop_with_parent()
    for number in STOPPING:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    setproctitle(f"filo {name}")
    work()


def _stop_with_parent() -> None:
    """On Linux, have the kernel stop this process when the supervisor is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
