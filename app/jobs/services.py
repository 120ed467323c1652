"""Verbs on the job table: put, claim, finish, fail, try again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from app.jobs import queries
from app.jobs.models import Job, JobState, Slot
from app.jobs.rules import KEPT, LEASE, MAX_ATTEMPTS, retry_delay
from app.kernel.db import db, insert_new, insert_unless_there, transactional
from app.kernel.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A job to put."""

    kind: str
    dedupe_key: str
    run_at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)


@transactional
def put(kind: str, *, dedupe_key: str, run_at: datetime, **payload: Any) -> None:
    """Leave work to the worker, in the caller's transaction. A second job of the same key is left out."""
    put_all([Work(kind=kind, dedupe_key=dedupe_key, run_at=run_at, payload=payload)])


@transactional
def put_all(works: Sequence[Work]) -> None:
    """The same for many, in one statement."""
    rows = [
        {
            "kind": work.kind,
            "payload": dict(work.payload),
            "dedupe_key": work.dedupe_key,
            "run_at": work.run_at,
            "state": JobState.QUEUED,
            "attempts": 0,
        }
        for work in works
    ]
    insert_new(Job, Job.dedupe_key, rows)


@transactional
def claim(
    *, now: datetime, limit: int = 10, only: Collection[str] | None = None, without: Collection[str] = ()
) -> list[tuple[int, str, dict[str, Any]]]:
    """Take due jobs under a lease, of some kinds only or all but some.

    When the worker dies, they become due again at the end of the lease.
    """
    jobs = queries.claimable(now, limit, only=only, without=without)
    for job in jobs:
        job.lease_until = now + LEASE
        job.attempts += 1
    return [(job.id, job.kind, job.payload) for job in jobs]


@transactional
def finish(job_id: int) -> None:
    if job := queries.job(job_id):
        job.state = JobState.DONE
        job.lease_until = None


@transactional
def fail(job_id: int, *, reason: str, now: datetime, hopeless: bool = False) -> JobState:
    """Note a failure: try again later, or give up after MAX_ATTEMPTS (at once if hopeless): a dead letter."""
    job = queries.job(job_id)
    if job is None:
        raise NotFound(job=job_id)
    job.last_error = reason[:2000]
    job.lease_until = None
    if hopeless or job.attempts >= MAX_ATTEMPTS:
        job.state = JobState.DEAD
    else:
        job.run_at = now + retry_delay(job.attempts)
    return job.state


@transactional
def try_again(dedupe_key: str, *, now: datetime) -> None:
    """Give a dead job a fresh row of attempts. NotFound unless there is a dead one of this key."""
    job = queries.job_of(dedupe_key)
    if job is None or job.state is not JobState.DEAD:
        raise NotFound(job=dedupe_key)
    job.state, job.attempts, job.run_at = JobState.QUEUED, 0, now


@transactional
def take_slot(name: str, slot: datetime) -> bool:
    """Whether this worker is the one to run this turn of recurring work."""
    return insert_unless_there(Slot, name=name, slot=slot)


def due_slot(now: datetime, every: timedelta) -> datetime:
    """The beginning of the turn that ``now`` lies in; turns are counted from the epoch, in UTC."""
    return now - (now - datetime.fromtimestamp(0, now.tzinfo)) % every


@transactional
def forget_old(now: datetime) -> None:
    """Delete what was done long ago. What a job did has its own traces; its key would only stop a repetition."""
    db.session.execute(delete(Job).where(Job.state == JobState.DONE, Job.run_at < now - KEPT))
    db.session.execute(delete(Slot).where(Slot.slot < now - KEPT))
