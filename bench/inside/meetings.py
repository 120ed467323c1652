"""The schedule of a forum, as the worker would make it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask

from app.demo.forum import publish_demo_forum
from app.events import queries as events
from app.kernel import clock
from app.meetings.posing import pose
from app.meetings.schedule import Problem, broken_rules, solve

PEOPLE = 300


def measure_schedule(app: Flask, slots: int, seconds: int) -> dict[str, Any]:
    """With the tables that such a forum has, and with a table for everybody: then people and not tables are scarce."""
    with app.app_context():
        now = clock.now()
        slug = publish_demo_forum(count=PEOPLE, slots=slots, now=now)
        problem = pose(events.event_for_page(slug), keeps=False, now=now).problem
    everybody = replace(problem, slots=tuple(replace(slot, tables=PEOPLE) for slot in problem.slots))
    return {"few": _solved(problem, seconds), "many": _solved(everybody, seconds)}


def _solved(problem: Problem, seconds: int) -> dict[str, Any]:
    found = solve(problem, seconds=seconds)
    return {
        "seconds": found.seconds,
        "wanted": len(problem.pairs),
        "meetings": len(found.meetings),
        "greedy_meetings": found.greedy_meetings,
        "value": found.value,
        "bound": found.bound,
        "greedy": found.greedy_value,
        "broken": broken_rules(problem, found.meetings).total,
    }
