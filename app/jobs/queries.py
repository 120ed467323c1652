from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from app.jobs.models import Job, JobState
from app.kernel.db import db


def claimable(
    now: datetime, limit: int, *, only: Collection[str] | None = None, without: Collection[str] = ()
) -> Sequence[Job]:
    """Due jobs that nobody works on, of some kinds only or all but some, locked against other workers."""
    kinds = Job.kind.not_in(without) if only is None else Job.kind.in_(only)
    query = (
        select(Job)
        .where(
            Job.state == JobState.QUEUED,
            Job.run_at <= now,
            kinds,
            or_(Job.lease_until.is_(None), Job.lease_until < now),
        )
        .order_by(Job.run_at, Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def job(job_id: int) -> Job | None:
    return db.session.get(Job, job_id, populate_existing=True, with_for_update=True)


def job_of(dedupe_key: str) -> Job | None:
    return db.session.scalar(
        select(Job).where(Job.dedupe_key == dedupe_key).with_for_update(), execution_options={"populate_existing": True}
    )


def dead_jobs() -> Sequence[Job]:
    return db.session.scalars(select(Job).where(Job.state == JobState.DEAD).order_by(Job.id.desc()).limit(200)).all()


def count_waiting() -> int:
    return db.session.scalar(select(func.count()).where(Job.state == JobState.QUEUED)) or 0
