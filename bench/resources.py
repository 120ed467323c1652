"""Memory of a web process, and how long a start takes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.figures import Aim, Figure, Rounds
from bench.plan import Plan
from bench.processes import memory_mib, tree
from bench.servers import Filo, fetch, wait_until_it_answers

_SMALL = Aim(bound=120, words="< 120 MiB")
_FIVE = Aim(bound=5, words="< 5 s")
_PAGES = ("/events", "/events.ics", "/events?view=month", "/events?view=map", "/search?q=clusters", "/network")
TIMES = 30


def measure(plan: Plan) -> Iterator[Figure]:
    """First a house that is new, then one with events that has answered for a while."""
    house = Filo(plan.folder / "starts")
    began = time.perf_counter()
    house.run("database", "upgrade")
    yield Figure(name="First start, tables made before", value=_start(house, began), unit="s")
    yield Figure(name="Second start", value=_start(house, time.perf_counter()), unit="s", aim=_FIVE)
    yield _memory(plan.builder.with_feed(1000))


def _start(house: Filo, began: float) -> float:
    """Seconds from ``began`` until ``filo serve`` is ready."""
    with house.serving("serve"):
        wait_until_it_answers(f"{house.url}/readyz")
        return time.perf_counter() - began


def _memory(house: Filo) -> Figure:
    with house.serving():
        for _ in range(TIMES):
            for page in _PAGES:
                fetch(house.url + page)
        workers = _workers(house.pid)
        return Rounds.of([memory_mib(pid) for pid in workers]).figure("Memory of a web process", "MiB", aim=_SMALL)


def _workers(pid: int) -> list[int]:
    """The processes that answer: those in which the application was loaded. The one that watches them is smaller."""
    sizes = {child: memory_mib(child) for child in tree(pid)[1:]}
    return [child for child, size in sizes.items() if size > max(sizes.values()) / 2]
