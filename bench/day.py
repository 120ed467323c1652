"""The day of an event: scans at the door, and a signature sheet for 500."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Aim, Figure, Rounds, milliseconds
from bench.house import inside
from bench.plan import Plan

SCANS, ROWS = 200, 500
_THIRTY = Aim(bound=30, words="≥ 30 /s", is_floor=True)
_FIVE = Aim(bound=5, words="< 5 s")


def measure(plan: Plan) -> Iterator[Figure]:
    """On SQLite, without sockets."""
    house = plan.builder.empty("day")
    scans = inside(house, "scans", number=SCANS, rounds=plan.rounds)["scans"]
    rates = Rounds.of([1 / clocked for clocked, _cpu in scans], more_is_better=True)
    yield rates.figure("Check-in scans, one at a time", "/s", aim=_THIRTY)
    yield milliseconds([cpu for _clocked, cpu in scans]).figure("Check-in scan, CPU", "ms")
    sheet = inside(house, "sheet", number=ROWS, rounds=plan.rounds)
    yield Rounds.of(sheet["seconds"]).figure(f"Signature sheet of {ROWS} rows", "s", aim=_FIVE)
    yield Figure(name=f"Signature sheet of {ROWS} rows, memory on top", value=sheet["memory"], unit="MiB")
