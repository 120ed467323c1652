"""The process that does the jobs and the recurring work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.jobs import services
from app.jobs.errors import Hopeless
from app.jobs.models import JobState
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import Unavailable

log = structlog.get_logger()
_handlers: dict[str, Callable[..., None]] = {}
_mourners: dict[str, Callable[..., None]] = {}
_recurring: list[Recurring] = []


@dataclass(frozen=True, slots=True)
class Recurring:
    """Work for every turn of ``every``; it gets ``now`` and must bear running twice."""

    name: str
    every: timedelta
    work: Callable[[datetime], None]


def performs(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register what does jobs of this kind; it is called outside a transaction with the job's payload."""

    def register(handler: Callable[..., None]) -> Callable[..., None]:
        _handlers[kind] = handler
        return handler

    return register


def buries(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register what learns that a job of this kind was given up; it gets the payload and ``reason``."""

    def register(mourner: Callable[..., None]) -> Callable[..., None]:
        _mourners[kind] = mourner
        return mourner

    return register


def recurs(name: str, *, every: timedelta) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Register recurring work."""

    def register(work: Callable[[datetime], None]) -> Callable[[datetime], None]:
        _recurring.append(Recurring(name, every, work))
        return work

    return register


@recurs("jobs.forget_old", every=timedelta(days=1))
def forget_old(now: datetime) -> None:
    services.forget_old(now)


def work_off(app: Flask, *, now: datetime | None = None, most: int = 10_000) -> int:
    """Do what is due, until nothing is; returns how many jobs were tried. For tests and ``filo worker --once``."""
    done = 0
    with app.app_context():
        while done < most and (jobs := services.claim(now=now or clock.now())):
            for job_id, kind, payload in jobs:
                _perform(job_id, kind, payload, now or clock.now())
                done += 1
    return done


def run_recurring(app: Flask, *, now: datetime, seen: dict[str, datetime] | None = None) -> None:
    """Run each recurring work whose present turn nobody has taken; turns in ``seen`` are not asked for again."""
    seen = {} if seen is None else seen
    with app.app_context():
        for recurring in _recurring:
            slot = services.due_slot(now, recurring.every)
            if seen.get(recurring.name) == slot:
                continue
            is_ours = services.take_slot(recurring.name, slot)
            seen[recurring.name] = slot
            if is_ours:
                try:
                    recurring.work(now)
                except Exception:
                    db.session.rollback()
                    log.exception("recurring_failed", name=recurring.name)


def run(app: Flask, stop: threading.Event, *, pause: float = 0.5) -> None:
    """Work until ``stop`` is set; the job in hand is finished first."""
    seen: dict[str, datetime] = {}
    while not stop.is_set():
        try:
            run_recurring(app, now=clock.now(), seen=seen)
            done = work_off(app, most=50)
        except (Unavailable, DBAPIError) as error:
            log.warning("database_away", error=str(error))
            done = 0
            stop.wait(5)
        if not done:
            stop.wait(pause)


def _perform(job_id: int, kind: str, payload: dict[str, Any], now: datetime) -> None:
    db.session.rollback()
    try:
        _handlers[kind](**payload)
    except Exception as error:
        db.session.rollback()
        reason = f"{type(error).__name__}: {error}"
        state = services.fail(job_id, reason=reason, now=now, hopeless=isinstance(error, Hopeless))
        log.warning("job_failed", job=job_id, kind=kind, state=str(state), error=str(error))
        if state is JobState.DEAD and kind in _mourners:
            _mourners[kind](**payload, reason=reason)
    else:
        services.finish(job_id)
