"""The verb that gives out seats, beside the least that a durable seat can cost on the same engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, insert, select

from app.demo.more import publish_demo_event
from app.events.queries import event_id as id_of
from app.kernel import clock
from app.kernel.db import db
from app.network.rules import OrganisationType
from app.registration.inputs import PersonInput
from app.registration.services.joining import join

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
    """Seconds a seat, by the clock and of CPU, of the verb and of the bare loop, taking turns."""
    with app.app_context():
        engine = db.engine
        _TABLES.drop_all(engine)
        _TABLES.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(SEATS).values(id=1, event_id=1))
    found: dict[str, list[tuple[float, float]]] = {"verb": [], "bare": []}
    for turn in range(rounds + 1):
        event_id = _new_event(app, clock.now())
        timed = {"verb": _timed(_verb(app, event_id), count), "bare": _timed(_bare(engine), count)}
        if turn:  # the first turn fills what is compiled once
            for name, seconds in timed.items():
                found[name].append(seconds)
    return found


def _new_event(app: Flask, now: datetime) -> int:
    with app.app_context():
        return id_of(publish_demo_event(capacity=40, starts_in=timedelta(days=60), now=now))


def _timed(give_seat: Callable[[int], None], count: int) -> tuple[float, float]:
    clocked, computed = time.perf_counter(), time.process_time()
    for number in range(count):
        give_seat(number)
    return (time.perf_counter() - clocked) / count, (time.process_time() - computed) / count


def _verb(app: Flask, event_id: int) -> Callable[[int], None]:
    def give_seat(number: int) -> None:
        person = PersonInput(
            given_name="Person",
            family_name=f"No. {number}",
            email=f"person{number}@company.example",
            organisation="Company Example",
            org_type=OrganisationType.COMPANY,
            country_code="IT",
        )
        with app.app_context():
            join(event_id=event_id, person=person, form_key=f"bench-form-{number:06}", now=clock.now())

    return give_seat


def _bare(engine: Engine) -> Callable[[int], None]:
    """Lock one row, insert one, commit: with the durability that the engine is set to, and nothing else."""
    lock = select(SEATS.c.event_id).where(SEATS.c.id == 1).with_for_update()
    put = insert(PLACES)

    def give_seat(number: int) -> None:
        with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
            connection.execute(lock).scalar_one()
            connection.execute(
                put, {"seats_id": 1, "name": f"Person No. {number}", "email": f"person{number}@company.example"}
            )

    return give_seat
