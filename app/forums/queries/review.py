from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.forums.errors import FormatNotFound
from app.forums.models import PeerReview, Reviewer, ReviewFinding, ReviewTodo
from app.kernel.db import db
from app.network.models import Organisation


def review_of(event_id: int) -> PeerReview | None:
    """The review of an event with host, peers, findings and what is to be done; None before it is set up."""
    return db.session.scalar(
        select(PeerReview)
        .where(PeerReview.event_id == event_id)
        .options(
            joinedload(PeerReview.host).joinedload(Organisation.region),
            selectinload(PeerReview.reviewers),
            selectinload(PeerReview.findings).selectinload(ReviewFinding.todos),
        ),
        execution_options={"populate_existing": True},
    )


def reviewer(event_id: int, reviewer_id: int) -> Reviewer:
    """Raises FormatNotFound."""
    found = db.session.scalar(select(Reviewer).where(Reviewer.event_id == event_id, Reviewer.id == reviewer_id))
    if found is None:
        raise FormatNotFound(reviewer_id=reviewer_id)
    return found


def finding(event_id: int, finding_id: int) -> ReviewFinding:
    """Raises FormatNotFound."""
    found = db.session.scalar(
        select(ReviewFinding).where(ReviewFinding.event_id == event_id, ReviewFinding.id == finding_id)
    )
    if found is None:
        raise FormatNotFound(finding_id=finding_id)
    return found


def findings_at_events(event_ids: Collection[int]) -> Sequence[ReviewFinding]:
    """What peers found at these events."""
    return db.session.scalars(
        select(ReviewFinding)
        .where(ReviewFinding.event_id.in_(event_ids))
        .order_by(ReviewFinding.event_id, ReviewFinding.id)
    ).all()


def todo(event_id: int, todo_id: int) -> ReviewTodo:
    """Raises FormatNotFound."""
    found = db.session.scalar(
        select(ReviewTodo)
        .join(ReviewFinding, ReviewFinding.id == ReviewTodo.finding_id)
        .where(ReviewFinding.event_id == event_id, ReviewTodo.id == todo_id)
    )
    if found is None:
        raise FormatNotFound(todo_id=todo_id)
    return found
