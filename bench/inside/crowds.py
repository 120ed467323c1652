"""Crowds: who joins an event with everything on, and who moves up when the capacity rises."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, func, select

from app.demo.more import publish_demo_event
from app.events import queries as events
from app.kernel import clock
from app.kernel.db import db
from app.mail.models import Message
from app.network.actors import SYSTEM
from app.registration import queries
from app.registration.inputs import GivenAnswer, QuotaInput, SeatsInput
from app.registration.models import Registration
from app.registration.rules import Place, QuotaKind
from app.registration.services import desk, joining, offers, seats
from bench.inside.joins import application, timed_crowd
from tests.registration.asking import ask, question, table

AT_ONCE = 250


def measure_full(app: Flask, count: int, rounds: int) -> dict[str, Any]:
    """Seconds a seat of a crowd at a plain event and at one with quotas, tables and questions, and queries alone."""
    found: dict[str, Any] = {"plain": [], "full": []}
    for turn in range(rounds + 1):
        with app.app_context():
            plain, full = ((id_of_new(clock.now()), {}) for _ in range(2))
            full = full[0], _furnish(full[0])
        for name, (event_id, more) in (("plain", plain), ("full", full)):
            timed = timed_crowd(_joining(app, event_id, more), count)
            if turn:
                found[name].append(timed)
            found[f"{name} queries"] = _queries_of_one(app, _joining(app, event_id, more), count)
    return found


def id_of_new(now: datetime, *, capacity: int = 40) -> int:
    return events.event_id(publish_demo_event(capacity=capacity, starts_in=timedelta(days=60), now=now))


def _furnish(event_id: int) -> dict[str, Any]:
    """Three quotas, two tables and five questions; what somebody sends there."""
    found = events.event(event_id)
    for org_type in ("company", "research", "public_authority"):
        values = QuotaInput(kind=QuotaKind.ORGANISATION_TYPE, size=5, org_type=org_type)
        seats.add_quota(event_slug=found.slug, values=values, actor=SYSTEM, now=clock.now())
    tables = [table(found, "One", capacity=20), table(found, "Two", start=660, end=720, capacity=10)]
    _form, asked = ask(found, *[question()] * 5)
    answers = {one: GivenAnswer("What we bring along", 1) for one in asked}
    return {"item_ids": frozenset(tables), "answers": answers}


def _joining(app: Flask, event_id: int, more: dict[str, Any]) -> Callable[[int], object]:
    def join(number: int) -> None:
        with app.app_context():
            outcome = desk.admit(event_id, application(number, **more), now=clock.now())
        assert isinstance(outcome, Registration), outcome

    return join


def _queries_of_one(app: Flask, join: Callable[[int], object], number: int) -> int:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine: Engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        join(number)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len([one for one in sent if not one.startswith("BEGIN")])


def measure_promotion(app: Flask, count: int, rounds: int) -> dict[str, Any]:
    """Seconds until everybody who waited has a seat and a mail queued, and the longest of the transactions."""
    found: dict[str, Any] = {"seconds": [], "longest": [], "transactions": 0}
    for _ in range(rounds):
        with app.app_context():
            event_id = id_of_new(clock.now(), capacity=1)
            slug = events.event(event_id).slug
            for first in range(0, count + 1, AT_ONCE):
                numbers = range(first, min(first + AT_ONCE, count + 1))
                joining.admit(event_id, [application(one) for one in numbers], now=clock.now())
            before = _mails()
            parts = _timed_parts(event_id, slug, count)
            assert _mails() - before == count
        found["seconds"].append(sum(parts))
        found["longest"].append(max(parts))
        found["transactions"] = len(parts)
    return found


def _timed_parts(event_id: int, slug: str, count: int) -> list[float]:
    """The verb of the organiser, and then what the worker does until nobody waits."""
    parts = [_clocked(lambda: _raise_capacity(slug, count + 1))]
    while queries.counts_by_place(event_id).get(Place.WAITLISTED):
        parts.append(_clocked(lambda: offers.go_on(event_id, now=clock.now())))
    return parts


def _raise_capacity(slug: str, capacity: int) -> None:
    seats.change_seats(event_slug=slug, values=SeatsInput(capacity=capacity), actor=SYSTEM, now=clock.now())


def _clocked(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _mails() -> int:
    return (
        db.session.scalar(select(func.count()).select_from(Message).where(Message.name == "registration_promoted")) or 0
    )
