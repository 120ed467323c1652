"""``python -m bench.inside TASK``: prints what it found as one line of JSON."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from flask import Flask

from app import create_app
from app.kernel import clock


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.inside")
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--number", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    app = create_app()
    print(json.dumps(TASKS[given.task](app, given.number, given.rounds)))


def _network(app: Flask, _number: int, _rounds: int) -> Any:
    from bench.inside.world import found_network

    with app.app_context():
        found_network(clock.now())


def _fill(app: Flask, count: int, _rounds: int) -> Any:
    return _filled(app, count, only_upcoming=False)


def _fill_feed(app: Flask, count: int, _rounds: int) -> Any:
    from bench.inside.world import render_feeds

    seconds = _filled(app, count, only_upcoming=True)
    with app.app_context():
        render_feeds(clock.now())
    return seconds


def _fill_calendars(app: Flask, count: int, _rounds: int) -> Any:
    from bench.inside.calendars import fill_entries

    seconds = _filled(app, count, only_upcoming=True)
    with app.app_context():
        fill_entries(clock.now())
    return seconds


def _fill_personal(app: Flask, count: int, _rounds: int) -> Any:
    from bench.inside.calendars import fill_personal

    return fill_personal(app, count)


def _rendering(app: Flask, count: int, rounds: int) -> Any:
    from bench.inside.calendars import measure_rendering

    return measure_rendering(app, count, rounds)


def _sync(app: Flask, _number: int, rounds: int) -> Any:
    from bench.inside.calendars import measure_sync

    return measure_sync(app, rounds)


def _schedule(app: Flask, slots: int, seconds: int) -> Any:
    from bench.inside.meetings import measure_schedule

    return measure_schedule(app, slots, seconds)


def _filled(app: Flask, count: int, *, only_upcoming: bool) -> float:
    from bench.inside.world import add_events

    began = time.perf_counter()
    with app.app_context():
        add_events(count, now=clock.now(), only_upcoming=only_upcoming)
    return time.perf_counter() - began


def _pages(app: Flask, number: int, rounds: int) -> Any:
    from bench.inside.pages import measure

    return measure(app, number, rounds)


def _edit(app: Flask, _number: int, rounds: int) -> Any:
    from bench.inside.edit import measure

    return measure(app, rounds)


def _joins(app: Flask, number: int, rounds: int) -> Any:
    from bench.inside.joins import measure

    return measure(app, number, rounds)


def _full_joins(app: Flask, number: int, rounds: int) -> Any:
    from bench.inside.crowds import measure_full

    return measure_full(app, number, rounds)


def _promotion(app: Flask, number: int, rounds: int) -> Any:
    from bench.inside.crowds import measure_promotion

    return measure_promotion(app, number, rounds)


def _scans(app: Flask, number: int, rounds: int) -> Any:
    from bench.inside.day import measure_scans

    return measure_scans(app, number, rounds)


def _sheet(app: Flask, number: int, rounds: int) -> Any:
    from bench.inside.day import measure_sheet

    return measure_sheet(app, number, rounds)


def _hall(app: Flask, number: int, rounds: int) -> Any:
    from bench.inside.screens import open_hall

    return open_hall(app, number, rounds)


def _search(app: Flask, count: int, rounds: int) -> Any:
    from bench.inside.search import measure

    return measure(app, count, rounds)


TASKS: dict[str, Callable[[Flask, int, int], Any]] = {
    "network": _network,
    "search": _search,
    "fill": _fill,
    "fill-feed": _fill_feed,
    "fill-calendars": _fill_calendars,
    "fill-personal": _fill_personal,
    "rendering": _rendering,
    "sync": _sync,
    "pages": _pages,
    "edit": _edit,
    "joins": _joins,
    "full-joins": _full_joins,
    "promotion": _promotion,
    "scans": _scans,
    "schedule": _schedule,
    "sheet": _sheet,
    "hall": _hall,
}

if __name__ == "__main__":
    main()
