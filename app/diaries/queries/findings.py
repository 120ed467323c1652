from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.diaries.errors import FindingNotFound
from app.diaries.models import DebriefFinding, DiaryLine, FindingSource
from app.kernel.db import db
from app.registration.models import Registration

_WHOLE = (
    joinedload(DebriefFinding.practice),
    selectinload(DebriefFinding.sources)
    .joinedload(FindingSource.line)
    .joinedload(DiaryLine.registration)
    .load_only(Registration.place, Registration.given_name, Registration.family_name),
)


def findings_of(event_id: int) -> Sequence[DebriefFinding]:
    """What was made of shared lines, with those lines, in the order in which it was made."""
    query = select(DebriefFinding).where(DebriefFinding.event_id == event_id).options(*_WHOLE)
    return db.session.scalars(query.order_by(DebriefFinding.made_at, DebriefFinding.id)).all()


def findings_at_events(event_ids: Collection[int]) -> Sequence[DebriefFinding]:
    """The same of several events."""
    query = select(DebriefFinding).where(DebriefFinding.event_id.in_(event_ids)).options(*_WHOLE)
    return db.session.scalars(query.order_by(DebriefFinding.event_id, DebriefFinding.made_at, DebriefFinding.id)).all()


def finding_of(event_id: int, finding_id: int) -> DebriefFinding:
    """One of them; raises FindingNotFound."""
    query = select(DebriefFinding).where(DebriefFinding.event_id == event_id, DebriefFinding.id == finding_id)
    found = db.session.scalar(query.options(*_WHOLE))
    if found is None:
        raise FindingNotFound(finding_id=finding_id)
    return found
