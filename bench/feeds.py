"""The feed of 1,000 events, beside nginx with the same bytes and beside an empty Flask view."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from bench.figures import Aim, Figure, milliseconds
from bench.house import inside
from bench.load import Target, in_turns
from bench.machine import tool
from bench.plan import Plan
from bench.servers import fetch, granian, nginx

EVENTS = 1000
_FIVE_NGINX = Aim(bound=5, words="≤ 5 ×")
_FIFTH_OF_FLASK = Aim(bound=0.2, words="≤ 0.2 ×")


def measure(plan: Plan) -> Iterator[Figure]:
    """Requests first, then one edit among the events."""
    house = plan.builder.with_feed(EVENTS)
    if tool("wrk"):
        with ExitStack() as stack:
            stack.enter_context(house.serving())
            yield from _requests(plan, stack, house.pid, f"{house.url}/events.ics")
    yield from _edit(inside(house, "edit", rounds=plan.rounds + 1))


def _requests(plan: Plan, stack: ExitStack, pid: int, url: str) -> Iterator[Figure]:
    status, body, headers = fetch(url)
    if status != 200 or body.count(b"BEGIN:VEVENT") != EVENTS:
        raise RuntimeError(f"the feed answers {status} with {body.count(b'BEGIN:VEVENT')} events")
    targets = {"200": Target(pid=pid, url=url), "304": _known(pid, url, headers["etag"])}
    for name in ("flask", "wsgi"):
        other_pid, other_url = stack.enter_context(granian(f"bench.least:{name}"))
        targets[name] = Target(pid=other_pid, url=other_url)
    if tool("nginx"):
        nginx_pid, nginx_url = stack.enter_context(nginx(plan.folder / "nginx", "events.ics", body))
        targets["nginx 200"] = Target(pid=nginx_pid, url=nginx_url)
        targets["nginx 304"] = _known(nginx_pid, nginx_url, fetch(nginx_url)[2]["etag"])
    loads = in_turns(targets, plan.rounds, plan.seconds)
    cost = {name: milliseconds([load.cpu for load in found]) for name, found in loads.items()}
    for status_name in ("200", "304"):
        if limit := cost.get(f"nginx {status_name}"):
            yield limit.figure(f"nginx, the same bytes, {status_name}", "ms")
        name = f"Feed of {EVENTS:,} events, {status_name}"
        yield cost[status_name].figure(
            name, "ms", over=limit, against="nginx" if limit else "", aim=_FIVE_NGINX if limit else None
        )
    yield cost["wsgi"].figure("Empty WSGI answer, same server", "ms", over=cost["flask"], against="Flask")
    yield cost["flask"].figure("Empty Flask view, same server", "ms")
    yield cost["304"].figure("The 304 beside Flask", "ms", over=cost["flask"], against="Flask", aim=_FIFTH_OF_FLASK)


def _known(pid: int, url: str, etag: str) -> Target:
    """The same address, asked by somebody who has it already."""
    known = {"If-None-Match": etag}
    status = fetch(url, known)[0]
    if status != 304:
        raise RuntimeError(f"a known feed answers {status}")
    return Target(pid=pid, url=url, headers=known)


def _edit(found: dict[str, float | list[float]]) -> Iterator[Figure]:
    one = Aim(bound=1, words="1")
    yield Figure(name="Entries made anew by one edit", value=float(found["entries"]), unit="entries", aim=one)  # type: ignore[arg-type]
    yield Figure(name="Rows of it, one a language", value=float(found["rows"]), unit="rows")  # type: ignore[arg-type]
    yield milliseconds(found["edit_seconds"]).figure("One edit", "ms")  # type: ignore[arg-type]
    yield milliseconds(found["refresh_seconds"]).figure("The feeds' part of it", "ms")  # type: ignore[arg-type]
