"""The process that does the jobs and the recurring work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
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
_long: set[str] = set()


class Lane(StrEnum):
    """What takes seconds waits for its like only: mails go out beside it."""

    SHORT = "short"
    LONG = "long"


# of what takes long one at a time, so that no lease ends before its job is begun
_TERMS: dict[Lane | None, dict[str, Any]] = {
    None: {},
    Lane.SHORT: {"without": _long},
    Lane.LONG: {"only": _long, "limit": 1},
}


@dataclass(frozen=True, slots=True)
class Recurring:
    """Work for every turn of ``every``; it gets ``now`` and must bear running twice."""

    name: str
    every: timedelta
    work: Callable[[datetime], None]


def performs(kind: str, *, takes_long: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register what does jobs of this kind; it is called outside a transaction with the job's payload.

    ``takes_long``: seconds or more, so that nothing else shall wait behind it.
    """

    def register(handler: Callable[..., None]) -> Callable[..., None]:
        _handlers[kind] = handler
        if takes_long:
            _long.add(kind)
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


def work_off(app: Flask, *, now: datetime | None = None, most: int = 10_000, lane: Lane | None = None) -> int:
    """Do what is due, in one lane or in both, until nothing is; returns how many jobs were tried."""
    terms = _TERMS[lane]
    done = 0
    with app.app_context():
        while done < most and (jobs := services.claim(**terms, now=now or clock.now())):
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
    """Work until ``stop`` is set, in two threads, one a lane; the jobs in hand are finished first.

    What breaks one of them ends both and is raised.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="long-jobs") as pool:
        beside = pool.submit(_keep_on, app, stop, Lane.LONG, 2 * pause)
        _keep_on(app, stop, Lane.SHORT, pause)
        beside.result()


def _keep_on(app: Flask, stop: threading.Event, lane: Lane, pause: float) -> None:
    try:
        _work(app, stop, lane, pause)
    finally:
        stop.set()


def _work(app: Flask, stop: threading.Event, lane: Lane, pause: float) -> None:
    seen: dict[str, datetime] = {}
    while not stop.is_set():
        try:
            if lane is Lane.SHORT:
                run_recurring(app, now=clock.now(), seen=seen)
            done = work_off(app, most=50, lane=lane)
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
