"""A hall on the day: 200 phones and ten screens that ask again and again what is on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from bench.figures import Aim, Figure, milliseconds
from bench.house import inside
from bench.load import Target, in_turns
from bench.machine import tool
from bench.plan import Plan
from bench.servers import fetch, granian

PHONES, SCREENS = 200, 10
PHONE_EVERY, SCREEN_EVERY = 20, 10  # seconds, as static/js/follow.js asks
_LESS = Aim(bound=0.75, words="≤ 0.75 ×")
_FOUR = Aim(bound=4, words="≤ 4 ×")
_TENTH = Aim(bound=10, words="≤ 10 %")


def measure(plan: Plan) -> Iterator[Figure]:
    """200 connections at once, on SQLite; nothing without wrk."""
    if not tool("wrk"):
        return
    house = plan.builder.empty("screens")
    paths = inside(house, "hall")
    with ExitStack() as stack:
        stack.enter_context(house.serving())
        other_pid, other_url = stack.enter_context(granian("bench.least:flask"))
        targets = {
            "flask": Target(pid=other_pid, url=other_url, connections=PHONES),
            "empty": Target(pid=house.pid, url=f"{house.url}/healthz", connections=PHONES),
        }
        for name, path in paths.items():
            url = house.url + path
            targets[f"{name} 200"] = Target(pid=house.pid, url=url, connections=PHONES)
            targets[f"{name} 304"] = _known(house.pid, url)
        loads = in_turns(targets, plan.rounds, plan.seconds)
    cost = {name: milliseconds([load.cpu for load in found]) for name, found in loads.items()}
    yield cost["flask"].figure(f"Empty Flask view, {PHONES} connections", "ms")
    yield cost["empty"].figure(f"Empty view of Filò, {PHONES} connections", "ms", over=cost["flask"], against="Flask")
    for name, words in (("now", "Now on a phone"), ("wall", "Screen with a café")):
        full, known = cost[f"{name} 200"], cost[f"{name} 304"]
        yield full.figure(f"{words}, 200", "ms")
        yield known.figure(f"{words}, 304", "ms", over=full, against="the whole answer", aim=_LESS)
        yield known.figure(f"{words}, 304 beside an empty view", "ms", over=cost["empty"], against="empty", aim=_FOUR)
    seconds = (PHONES / PHONE_EVERY * cost["now 304"].best + SCREENS / SCREEN_EVERY * cost["wall 304"].best) / 1000
    yield Figure(name=f"{PHONES} phones and {SCREENS} screens, of one core", value=seconds * 100, unit="%", aim=_TENTH)


def _known(pid: int, url: str) -> Target:
    status, _body, headers = fetch(url)
    if status != 200:
        raise RuntimeError(f"{url} answers {status}")
    known = {"If-None-Match": headers["etag"]}
    if (again := fetch(url, known)[0]) != 304:
        raise RuntimeError(f"{url} answers {again} to who has it")
    return Target(pid=pid, url=url, headers=known, connections=PHONES)
