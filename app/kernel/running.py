"""Whether something of this installation runs: a lock on a file of its folder, which ends with whoever holds it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FILE = ".running.lock"


class StillRunningError(Exception):
    """Another process of this installation answers or works."""


@contextmanager
def running(instance: Path) -> Iterator[None]:
    """Be one of those that run, copies of this process included; raises StillRunningError while somebody is alone."""
    with _held(instance, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(instance: Path) -> Iterator[None]:
    """Be the only one; raises StillRunningError when another process of this machine runs."""
    with _held(instance, fcntl.LOCK_EX):
        yield


@contextmanager
def _held(instance: Path, how: int) -> Iterator[None]:
    instance.mkdir(parents=True, exist_ok=True)
    with (instance / _FILE).open("ab") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StillRunningError from error
        yield
