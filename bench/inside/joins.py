"""The verb that gives out seats, beside the least that a durable seat can cost on the same engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, insert, select

from app.demo.more import publish_demo_event
from app.events.queries import event_id as id_of
from app.kernel import clock
from app.kernel.db import db, exclusive_writer
from app.network.rules import OrganisationType
from app.registration.inputs import Application, PersonInput
from app.registration.models import Registration
from app.registration.services import desk

CROWD = 16  # people at once: as many as a web process has threads
_TABLES = MetaData()
SEATS = Table("bench_seats", _TABLES, Column("id", Integer, primary_key=True), Column("event_id", Integer))
PLACES = Table(
    "bench_place",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("seats_id", Integer, index=True),
    Column("name", String(200)),
    Column("email", String(254)),
)


def measure(app: Flask, count: int, rounds: int) -> dict[str, Any]:
    """Seconds a seat, by the clock and of CPU, of the verb and of the bare loop, taking turns.

    As many people press at once as a web process has threads, and one after the other.
    """
    with app.app_context():
        engine = db.engine
        _TABLES.drop_all(engine)
        _TABLES.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(SEATS).values(id=1, event_id=1))
    found: dict[str, list[tuple[float, float]]] = {"verb": [], "bare": [], "verb alone": [], "bare alone": []}
    for turn in range(rounds + 1):
        first, second = (_new_event(app, clock.now()) for _ in range(2))
        timed = {
            "verb": timed_crowd(_at_the_desk(app, first), count),
            "bare": timed_crowd(_bare(app, engine), count),
            "verb alone": _timed(_at_the_desk(app, second), count),
            "bare alone": _timed(_bare(app, engine), count),
        }
        if turn:  # the first turn fills what is compiled once
            for name, seconds in timed.items():
                found[name].append(seconds)
    return found


def timed_crowd(give_seat: Callable[[int], object], count: int) -> tuple[float, float]:
    """Seconds a seat, by the clock and of CPU, of CROWD people at once until so many have a seat."""
    numbers = iter(range(count))
    ready = threading.Barrier(CROWD + 1)

    def press() -> None:
        ready.wait()
        while (number := next(numbers, None)) is not None:
            give_seat(number)

    with ThreadPoolExecutor(CROWD) as pool:
        pressing = [pool.submit(press) for _ in range(CROWD)]
        ready.wait()
        clocked, computed = time.perf_counter(), time.process_time()
        for one in pressing:
            one.result()
        return (time.perf_counter() - clocked) / count, (time.process_time() - computed) / count


def _new_event(app: Flask, now: datetime) -> int:
    with app.app_context():
        return id_of(publish_demo_event(capacity=40, starts_in=timedelta(days=60), now=now))


def _timed(give_seat: Callable[[int], object], count: int) -> tuple[float, float]:
    clocked, computed = time.perf_counter(), time.process_time()
    for number in range(count):
        give_seat(number)
    return (time.perf_counter() - clocked) / count, (time.process_time() - computed) / count


def application(number: int, **more: Any) -> Application:
    """What somebody sends who wants to come."""
    person = PersonInput(
        given_name="Person",
        family_name=f"No. {number}",
        email=f"person{number}@company.example",
        organisation="Company Example",
        org_type=OrganisationType.COMPANY,
        country_code="IT",
    )
    return Application(person=person, form_key=f"bench-form-{number:06}", **more)


def _at_the_desk(app: Flask, event_id: int) -> Callable[[int], object]:
    def give_seat(number: int) -> None:
        with app.app_context():
            outcome = desk.admit(event_id, application(number), now=clock.now())
        assert isinstance(outcome, Registration), outcome

    return give_seat


def _bare(app: Flask, engine: Engine) -> Callable[[int], object]:
    """Lock one row, insert one, commit: with the durability that the engine is set to, and nothing else.

    On SQLite the writers of a crowd take the same turns as the verbs do: its own waiting sleeps.
    """
    lock = select(SEATS.c.event_id).where(SEATS.c.id == 1).with_for_update()
    put = insert(PLACES)

    def insert_one(number: int) -> None:
        with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
            connection.execute(lock).scalar_one()
            connection.execute(
                put, {"seats_id": 1, "name": f"Person No. {number}", "email": f"person{number}@company.example"}
            )

    def give_seat(number: int) -> None:
        with app.app_context(), exclusive_writer():
            insert_one(number)

    return give_seat
