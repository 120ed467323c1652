"""Installations to measure, made once and copied."""

from __future__ import annotations

import json
import subprocess
import sys
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


def inside(house: Filo, task: str, *, number: int = 0, rounds: int = 1) -> Any:
    """Run a task of ``bench.inside`` with the settings of a house; gives what it found."""
    command = [sys.executable, "-m", "bench.inside", task, "--number", str(number), "--rounds", str(rounds)]
    environment = house.environment | {"FILO_LOG_REQUESTS": "off", "FILO_WEB_THREADS": "16"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{task}: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout.splitlines()[-1])
