"""Installations to measure, made once and copied."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.machine import ROOT
from bench.servers import Filo, copy_of

PATIENCE = 240.0  # seconds


class Builder:
    """Makes houses below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._with_feed: dict[int, Filo] = {}
        self._with_calendars: dict[int, Filo] = {}

    @cached_property
    def _base(self) -> Path:
        house = Filo(self._folder / "base")
        house.run("database", "upgrade")
        inside(house, "network")
        return house.folder

    def empty(self, name: str, *, database_url: str = "") -> Filo:
        """A house without any rows."""
        house = Filo(self._folder / name, database_url=database_url)
        house.run("database", "upgrade")
        return house

    def with_events(self, count: int) -> Filo:
        """A house with so many events on SQLite."""
        house = Filo(copy_of(self._base, self._folder / f"events-{count}"))
        inside(house, "fill", number=count)
        return house

    def with_feed(self, count: int) -> Filo:
        """A house with so many events to come, and their calendar entries, on SQLite; the same one each time."""
        if count not in self._with_feed:
            house = Filo(copy_of(self._base, self._folder / f"feed-{count}"))
            inside(house, "fill-feed", number=count)
            self._with_feed[count] = house
        return self._with_feed[count]

    def with_calendars(self, count: int) -> Filo:
        """A house with so many events to come, whose entries are mostly copies of a few, on SQLite; the same one each
        time."""
        if count not in self._with_calendars:
            house = Filo(copy_of(self._base, self._folder / f"calendars-{count}"))
            inside(house, "fill-calendars", number=count)
            self._with_calendars[count] = house
        return self._with_calendars[count]


def inside(house: Filo, task: str, *, number: int = 0, rounds: int = 1) -> Any:
    """Run a task of ``bench.inside`` with the settings of a house; gives what it found. Raises RuntimeError.

    Whatever ends the waiting, the task and all that it started are gone before the house may be deleted.
    """
    command = [sys.executable, "-m", "bench.inside", task, "--number", str(number), "--rounds", str(rounds)]
    environment = house.environment | {"FILO_LOG_REQUESTS": "off", "FILO_WEB_THREADS": "16"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        found, said = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"{task}: not done after {PATIENCE:.0f} s") from error
    finally:
        _end(process)
    if process.returncode:
        raise RuntimeError(f"{task}: {last_words(said)}")
    return json.loads(found.splitlines()[-1])


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def last_words(said: str) -> str:
    """What an error is, without where to read about its kind."""
    lines = [line for line in said.strip().splitlines() if line.strip() and not line.startswith("(Background")]
    named = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Refusal)\b", line)]
    return (named or lines or ["stopped without a word"])[-1]
