"""Registrations a second, beside as many durable inserts under one lock."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg

from bench.figures import Aim, Figure, Rounds, milliseconds
from bench.house import inside
from bench.inside.joins import CROWD
from bench.load import Target, put_under_load
from bench.machine import tool
from bench.plan import Plan
from bench.servers import Filo, postgres

_HALF = Aim(bound=0.5, words="≥ 0.5 ×", is_floor=True)
_MOST = Aim(bound=0.6, words="≥ 0.6 ×", is_floor=True)
_FIVE = Aim(bound=5, words="< 5 s")
WAITING = 1000
_PERSON = {
    "given_name": "Person",
    "family_name": "No. NUMBER",
    "email": "personNUMBER@company.example",
    "organisation": "Company Example",
    "org_type": "company",
    "country": "IT",
    "privacy": "y",
}


def measure(plan: Plan) -> Iterator[Figure]:
    """The same on SQLite and, where there is one, on PostgreSQL."""
    yield from _on("SQLite", plan, plan.builder.empty("seats-sqlite"))
    with postgres(plan.folder / "postgres") as server:
        if server is None:
            return
        url = _fresh_database(server, "filo_bench")
        try:
            yield from _on("PostgreSQL", plan, plan.builder.empty("seats-postgres", database_url=url))
        finally:
            _drop(server, "filo_bench")


def _on(engine: str, plan: Plan, house: Filo) -> Iterator[Figure]:
    found = inside(house, "joins", number=plan.seats, rounds=plan.rounds)
    rates = {name: _rates([1 / clocked for clocked, _cpu in rounds]) for name, rounds in found.items()}
    bare = f"bare loop, {engine}"
    yield rates["bare"].figure(f"Bare loop of durable inserts, {CROWD} at once, {engine}", "/s")
    yield rates["verb"].figure(
        f"Registrations by the verb, {engine}", "/s", over=rates["bare"], against=bare, aim=_HALF
    )
    yield rates["verb alone"].figure(
        f"Registrations one after the other, {engine}", "/s", over=rates["bare alone"], against=f"{bare}, alone"
    )
    for name, words in (("bare", "Bare loop"), ("verb", "Verb")):
        yield milliseconds([cpu for _clocked, cpu in found[name]]).figure(
            f"{words}, CPU of the program, {engine}", "ms"
        )
    yield from _with_everything(engine, plan, house)
    yield from _promotion(engine, plan, house)
    if tool("wrk"):
        yield from _by_post(engine, plan, house, rates["bare"])


def _with_everything(engine: str, plan: Plan, house: Filo) -> Iterator[Figure]:
    found = inside(house, "full-joins", number=plan.seats, rounds=plan.rounds)
    plain, full = (_rates([1 / clocked for clocked, _cpu in found[name]]) for name in ("plain", "full"))
    yield full.figure(
        f"Registrations with quotas, tables and questions, {engine}",
        "/s",
        over=plain,
        against=f"plain ones, {engine}",
        aim=_MOST,
    )
    for name, words in (("plain", "Queries of a plain registration"), ("full", "Queries of one with everything on")):
        yield Figure(name=f"{words}, {engine}", value=found[f"{name} queries"], unit="")


def _promotion(engine: str, plan: Plan, house: Filo) -> Iterator[Figure]:
    found = inside(house, "promotion", number=WAITING, rounds=plan.rounds)
    words = f"{WAITING} who wait move up, mails queued, in {found['transactions']} transactions"
    yield Rounds.of(found["seconds"]).figure(f"{words}, {engine}", "s", aim=_FIVE)
    yield Rounds.of(found["longest"]).figure(f"The longest of these transactions, {engine}", "s")


def _by_post(engine: str, plan: Plan, house: Filo, bare: Rounds) -> Iterator[Figure]:
    with house.serving():
        loads = [put_under_load(_form(house), plan.seconds) for _ in range(plan.rounds)]
    rates = _rates([load.per_second for load in loads])
    yield rates.figure(f"Registrations by POST, {engine}", "/s", over=bare, against=f"bare loop, {engine}", aim=_HALF)
    yield milliseconds([load.cpu for load in loads]).figure(f"Registration by POST, {engine}", "ms")


def _form(house: Filo) -> Target:
    """A form of a new event, as a browser sends it, with its own person and key each time."""
    page = f"{house.publish_event(40)}/register"
    hidden, cookie = house.open_form(page)
    body = urlencode(hidden | _PERSON | {"form_key": "bench-form-key-NUMBER"})
    return Target(pid=house.pid, url=house.url + page, form=body, cookie=cookie)


def _rates(values: list[float]) -> Rounds:
    return Rounds.of(values, more_is_better=True)


def _fresh_database(server: str, name: str) -> str:
    _drop(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("postgresql://", "postgresql+psycopg://").rpartition("/")[0] + f"/{name}"


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
