"""The list and the page of an event, in databases of several sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from bench.figures import Aim, Figure, Rounds, milliseconds
from bench.house import inside
from bench.load import Target, in_turns
from bench.machine import tool
from bench.plan import Plan
from bench.servers import Filo, fetch

_FOUR = Aim(bound=4, words="≤ 4 ms")
_AS_SMALL = Aim(bound=1.5, words="≤ 1.5 ×")
SMALL = 100
MIDDLE = 1000


def measure(plan: Plan) -> Iterator[Figure]:
    """What the pages cost as they are asked for, then rendered anew."""
    houses = {size: plan.builder.with_events(size) for size in plan.sizes}
    if tool("wrk"):
        yield from _requests(plan, houses)
    inner = {size: inside(house, "pages", number=size, rounds=plan.rounds * 4) for size, house in houses.items()}
    yield from _rendered_anew(inner)
    yield from _queries(inner)


def _requests(plan: Plan, houses: Mapping[int, Filo]) -> Iterator[Figure]:
    with ExitStack() as stack:
        for house in houses.values():
            stack.enter_context(house.serving())
        targets = {str(size): _target(house, "/events") for size, house in houses.items()}
        targets["event"] = _target(houses[MIDDLE], f"/events/bench-{MIDDLE // 2 + 1}")
        loads = in_turns(targets, plan.rounds, plan.seconds)
    cost = {name: milliseconds([load.cpu for load in found]) for name, found in loads.items()}
    yield cost[str(MIDDLE)].figure("List page", "ms", aim=_FOUR)
    yield cost["event"].figure("Event page", "ms", aim=_FOUR)
    yield from _by_size("List page", {size: cost[str(size)] for size in houses})


def _target(house: Filo, path: str) -> Target:
    status = fetch(house.url + path)[0]
    if status != 200:
        raise RuntimeError(f"{path} answers {status}")
    return Target(pid=house.pid, url=house.url + path)


def _rendered_anew(inner: Mapping[int, Any]) -> Iterator[Figure]:
    cost = {size: milliseconds(found["list"]["new_seconds"]) for size, found in inner.items()}
    yield from _by_size("List page, rendered anew", cost)
    yield milliseconds(inner[MIDDLE]["event"]["new_seconds"]).figure("Event page, rendered anew", "ms")


def _by_size(name: str, cost: Mapping[int, Rounds]) -> Iterator[Figure]:
    for size, rounds in cost.items():
        is_compared = size != SMALL
        yield rounds.figure(
            f"{name}, {size:,} events",
            "ms",
            over=cost[SMALL] if is_compared else None,
            against=f"{SMALL} events" if is_compared else "",
            aim=_AS_SMALL if size > MIDDLE else None,
        )


def _queries(inner: Mapping[int, Any]) -> Iterator[Figure]:
    for page, words in (("list", "list page"), ("event", "event page")):
        for size, found in inner.items():
            name = f"Queries, {words} anew, {size:,} events"
            yield Figure(name=name, value=found[page]["new_queries"], unit="queries")
        yield Figure(name=f"Queries, {words} kept", value=inner[MIDDLE][page]["kept_queries"], unit="queries")
