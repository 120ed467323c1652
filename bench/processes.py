"""What processes have used, as Linux counts it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found, row = [pid], [pid]
    while row:
        children: list[int] = []
        for parent in row:
            for listed in Path(f"/proc/{parent}/task").glob("*/children"):
                with suppress(OSError):  # gone meanwhile
                    children += [int(child) for child in listed.read_text().split()]
        found += children
        row = children
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of processes so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def memory_mib(pid: int) -> float:
    """Proportional set size: what is shared with others counts by its share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise LookupError("no Pss")
