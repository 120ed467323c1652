from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.kernel.db import db
from app.practices.models import Practice
from app.stories.errors import CommentNotFound
from app.stories.models import Comment, Story
from app.stories.rules.commenting import CommentState

MOST_SHOWN = 200
MOST_TO_MODERATE = 200


def approved(*, story_id: int | None = None, practice_id: int | None = None) -> Sequence[Comment]:
    """What everybody reads under a text, the oldest first."""
    query = select(Comment).where(_on(story_id, practice_id), Comment.state == CommentState.APPROVED)
    return db.session.scalars(query.order_by(Comment.at, Comment.id).limit(MOST_SHOWN)).all()


def comment(comment_id: int) -> Comment:
    """Locked, with what it is about; raises CommentNotFound."""
    found = db.session.get(Comment, comment_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise CommentNotFound(comment_id=comment_id)
    return found


def is_there(name: str, text: str, since: datetime, *, story_id: int | None, practice_id: int | None) -> bool:
    """Whether somebody of this name said the same there since then: a form that was sent twice."""
    same = (Comment.name == name, Comment.text == text)
    query = select(Comment.id).where(_on(story_id, practice_id), Comment.at >= since, *same)
    return db.session.scalar(query.limit(1)) is not None


def count_of_client(client: str, since: datetime) -> int:
    query = select(func.count()).select_from(Comment).where(Comment.client == client, Comment.at >= since)
    return db.session.scalar(query) or 0


def count_waiting_under(*, story_id: int | None, practice_id: int | None) -> int:
    query = select(func.count()).select_from(Comment)
    return db.session.scalar(query.where(_on(story_id, practice_id), Comment.state == CommentState.PENDING)) or 0


def with_address(*, before: datetime) -> Sequence[int]:
    """Comments from before then of which an address is kept still."""
    return db.session.scalars(select(Comment.id).where(Comment.at < before, Comment.email.is_not(None))).all()


def comment_for_mail(comment_id: int) -> Comment | None:
    query = select(Comment).where(Comment.id == comment_id)
    return db.session.scalar(query.options(joinedload(Comment.story), joinedload(Comment.practice)))


def to_moderate(owner_ids: frozenset[int] | None, state: CommentState) -> Sequence[Comment]:
    """Comments in a state under what these organisations own, or under everything; the newest first."""
    query = _owned(select(Comment), owner_ids).where(Comment.state == state)
    query = query.options(joinedload(Comment.story), joinedload(Comment.practice))
    return db.session.scalars(query.order_by(Comment.at.desc(), Comment.id.desc()).limit(MOST_TO_MODERATE)).all()


def count_waiting(owner_ids: frozenset[int] | None) -> int:
    """How many comments wait for somebody to decide on them."""
    query = _owned(select(func.count(Comment.id)), owner_ids).where(Comment.state == CommentState.PENDING)
    return db.session.scalar(query) or 0


def _owned(query: Select[Any], owner_ids: frozenset[int] | None) -> Select[Any]:
    if owner_ids is None:
        return query
    return (
        query.outerjoin(Story, Story.id == Comment.story_id)
        .outerjoin(Practice, Practice.id == Comment.practice_id)
        .where(or_(Story.owner_id.in_(owner_ids), Practice.owner_id.in_(owner_ids)))
    )


def _on(story_id: int | None, practice_id: int | None) -> ColumnElement[bool]:
    return Comment.story_id == story_id if story_id else Comment.practice_id == practice_id
