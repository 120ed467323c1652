"""Requests over kept-alive connections, by wrk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.machine import tool
from bench.processes import cpu_seconds, tree

CONNECTIONS = 16
_SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address of one server, asked in one way. ``form``: a body to post, NUMBER in it is another one each time.

    ``addresses``: a file with paths that are asked in turn instead, each with a known ETag after a tab. ``behind``: a
    server whose work counts too.
    """

    pid: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    cookie: str = ""
    connections: int = CONNECTIONS
    addresses: Path | None = None
    behind: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """What one round took. ``cpu`` is of the server's processes, in seconds a request."""

    requests: int
    seconds: float
    bytes: int
    cpu: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def put_under_load(target: Target, seconds: float) -> Load:
    """One round. Raises RuntimeError when the server did not answer as it should."""
    headers = [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
    form = {"FILO_BENCH_FORM": target.form, "FILO_BENCH_COOKIE": target.cookie} if target.form else {}
    asked = {"FILO_BENCH_ADDRESSES": str(target.addresses)} if target.addresses else {}
    command = [tool("wrk") or "wrk", "-t1", f"-c{target.connections}", f"-d{round(seconds)}s", "--timeout", "10s"]
    pids = [*tree(target.pid), *(tree(target.behind) if target.behind else ())]
    before = cpu_seconds(pids)
    done = subprocess.run(
        [*command, "-s", str(_SCRIPT), *headers, target.url],
        env=os.environ | form | asked,
        capture_output=True,
        text=True,
        check=True,
    )
    spent = cpu_seconds(pids) - before
    line = next(line for line in done.stdout.splitlines() if line.startswith("BENCH "))
    requests, microseconds, size, broken, refused = map(int, line.split()[1:])
    if not requests or broken or refused:
        raise RuntimeError(f"{requests} answers, {broken} broken connections, {refused} refusals")
    return Load(requests, microseconds / 1e6, size, spent / requests)


def in_turns(targets: Mapping[str, Target], rounds: int, seconds: float) -> dict[str, list[Load]]:
    """Several rounds for each, taking turns, so that a busy minute of the machine meets all of them."""
    loads: dict[str, list[Load]] = {name: [] for name in targets}
    for _ in range(rounds):
        for name, target in targets.items():
            loads[name].append(put_under_load(target, seconds))
    return loads
