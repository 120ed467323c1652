"""Calendars in their thousands: large feeds, personal ones, one change among many, CalDAV, and nginx before them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bench.figures import Aim, Figure, Rounds, milliseconds
from bench.house import inside
from bench.load import Target, in_turns
from bench.machine import tool
from bench.plan import Plan
from bench.servers import Filo, fetch, granian, nginx
from tests.proxy import in_front_of

SIZES = (1000, 10_000)
DEVICES = 1000
WARM_UP = 12
ROUNDS, SECONDS = 2, 1.0  # there are many to load
_THREE_NGINX = Aim(bound=3, words="≤ 3 ×")
_HUNDREDTH = Aim(bound=0.01, words="≤ 0.01 ×")
_SAME = Aim(bound=1.5, words="≤ 1.5 ×")
_ONE_MS, _HALF_MS, _TWO_MS = (Aim(bound=bound, words=f"< {bound:g} ms") for bound in (1, 0.5, 2))
_TWO_KB = Aim(bound=2000, words="< 2,000 bytes")


def measure(plan: Plan) -> Iterator[Figure]:
    """Requests by sockets first, as they change nothing."""
    ones: dict[int, Rounds] = {}
    for size in SIZES:
        house = plan.builder.with_calendars(size)
        if tool("wrk"):
            with ExitStack() as stack:
                stack.enter_context(house.serving())
                yield from _feed(plan, stack, house, size)
        yield from _rendering(plan, house, size, ones)
    if SIZES[0] in ones and SIZES[-1] in ones:
        against = f"{SIZES[0]:,} entries"
        name = f"Entry made anew after a change, {SIZES[-1]:,} entries, beside"
        yield ones[SIZES[-1]].figure(name, "ms", over=ones[SIZES[0]], against=against, aim=_SAME)
    yield from _sync(plan, plan.builder.with_calendars(SIZES[-1]))
    if tool("wrk"):
        yield from _personal(plan, plan.builder.with_calendars(SIZES[0]))


def _feed(plan: Plan, stack: ExitStack, house: Filo, size: int) -> Iterator[Figure]:
    url = f"{house.url}/events.ics"
    status, body, headers = fetch(url)
    if status != 200 or body.count(b"BEGIN:VEVENT") != size:
        raise RuntimeError(f"the feed answers {status} with {body.count(b'BEGIN:VEVENT')} events")
    for _ in range(WARM_UP):  # every process joins it once
        fetch(url)
    known = {"If-None-Match": headers["etag"]}
    targets = {"200": Target(pid=house.pid, url=url), "304": Target(pid=house.pid, url=url, headers=known)}
    if program := tool("nginx"):
        pid, static = stack.enter_context(nginx(plan.folder / f"nginx-{size}", "events.ics", body))
        targets["nginx 200"] = Target(pid=pid, url=static)
        static_known = {"If-None-Match": fetch(static)[2]["etag"]}
        targets["nginx 304"] = Target(pid=pid, url=static, headers=static_known)
        front, root = stack.enter_context(in_front_of(house.port, plan.folder / f"front-{size}", program=program))
        kept = f"{root}/events.ics"
        host = {"Host": urlsplit(house.url).netloc}
        targets["kept 200"] = Target(pid=front, url=kept, headers=host, behind=house.pid)
        targets["kept 304"] = Target(pid=front, url=kept, headers=host | known, behind=house.pid)
    loads = in_turns(targets, min(plan.rounds, ROUNDS), SECONDS)
    cost = {name: milliseconds([load.cpu for load in found]) for name, found in loads.items()}
    for status_name in ("200", "304"):
        limit = cost.get(f"nginx {status_name}")
        against, aim = ("nginx", _THREE_NGINX) if limit else ("", None)
        name = f"Feed of {size:,} entries, {status_name}"
        yield cost[status_name].figure(f"{name}, beside nginx", "ms", over=limit, against=against, aim=aim)
        if limit:
            yield cost[f"kept {status_name}"].figure(
                f"{name}, nginx's cache before it", "ms", over=limit, against="nginx"
            )


def _rendering(plan: Plan, house: Filo, size: int, ones: dict[int, Rounds]) -> Iterator[Figure]:
    found = inside(house, "rendering", number=size, rounds=plan.rounds + 2)
    everything, one = milliseconds(found["all"]), milliseconds(found["one"])
    ones[size] = one
    yield everything.figure(f"All {size:,} entries rendered with icalendar", "ms")
    against = "rendering all"
    yield one.figure(
        f"Entry made anew after a change, {size:,} entries", "ms", over=everything, against=against, aim=_HUNDREDTH
    )
    answer = milliseconds(found["answer"])
    yield answer.figure(f"First answer after it, {size:,} entries", "ms", over=everything, against=against)


def _sync(plan: Plan, house: Filo) -> Iterator[Figure]:
    found = inside(house, "sync", rounds=plan.rounds + 2)
    among = f"among {SIZES[-1]:,}"
    yield milliseconds(found["nothing"]).figure(f"CalDAV sync without a change {among}", "ms", aim=_ONE_MS)
    yield milliseconds(found["change"]).figure(f"CalDAV sync of one change {among}", "ms")
    yield Figure(name=f"Bytes of it, {among}", value=float(found["bytes"]), unit="bytes", aim=_TWO_KB)


def _personal(plan: Plan, house: Filo) -> Iterator[Figure]:
    secrets: list[str] = inside(house, "fill-personal", number=DEVICES)
    with ExitStack() as stack:
        stack.enter_context(house.serving())
        paths = [f"/calendars/{secret}.ics" for secret in secrets]
        etags = [fetch(house.url + path)[2]["etag"] for path in paths]
        whole = _listed(plan.folder / "paths", paths)
        known = _listed(plan.folder / "known", [f"{path}\t{etag}" for path, etag in zip(paths, etags, strict=True)])
        flask_pid, flask_url = stack.enter_context(granian("bench.least:flask"))
        targets = {
            "200": Target(pid=house.pid, url=house.url, addresses=whole),
            "304": Target(pid=house.pid, url=house.url, addresses=known),
            "flask": Target(pid=flask_pid, url=flask_url),
        }
        loads = in_turns(targets, min(plan.rounds, ROUNDS), SECONDS)
    cost = {name: milliseconds([load.cpu for load in found]) for name, found in loads.items()}
    for status, aim in (("200", _TWO_MS), ("304", _HALF_MS)):
        yield cost[status].figure(f"{DEVICES:,} personal calendars of 50 entries, {status}", "ms", aim=aim)
    yield cost["304"].figure("A personal 304 beside an empty Flask view", "ms", over=cost["flask"], against="Flask")


def _listed(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
