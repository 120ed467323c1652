"""Comments: said by anybody, shown once somebody has approved them, and what of them is forgotten when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, update

from app.audit import services as audit
from app.kernel.db import db, hold_name, transactional
from app.mail import services as mail
from app.mail.rules import message_id
from app.network.actors import Actor
from app.practices import queries as practices
from app.stories.errors import CommentNotFound, CommentsClosed, TooManyComments
from app.stories.inputs import CommentInput
from app.stories.models import Comment
from app.stories.permissions import may_write
from app.stories.queries import comments as queries
from app.stories.queries import stories
from app.stories.rules import commenting
from app.stories.rules.commenting import CommentState, Sent
from app.stories.rules.writing import StoryState

A_DAY = timedelta(days=1)
APPROVED = "comment_approved"
NOBODY = "@erased.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is commented on: a write-up or a practice."""

    story_id: int | None = None
    practice_id: int | None = None

    def __str__(self) -> str:
        return f"story:{self.story_id}" if self.story_id else f"practice:{self.practice_id}"


@transactional
def say(*, target: Target, values: CommentInput, client: str, key: str, now: datetime) -> CommentState:
    """Keep a comment until somebody decides on it, or as spam; saying the same again within a day changes nothing.

    ``key`` signs and blinds: of ``client`` only a mark for one day is kept. Raises CommentsClosed, TooManyComments,
    StoryNotFound, PracticeNotFound.
    """
    _check_open(target)
    mark = commenting.client_mark(key, client, now)
    hold_name(f"comments:{mark}")
    on = {"story_id": target.story_id, "practice_id": target.practice_id}
    if queries.is_there(values.name, values.text, now - A_DAY, **on):
        return CommentState.PENDING
    if queries.count_of_client(mark, now - commenting.AN_HOUR) >= commenting.MOST_AN_HOUR:
        raise TooManyComments(retry_after=int(commenting.AN_HOUR.total_seconds()))
    suspicion = commenting.suspicion(
        Sent(
            name=values.name,
            text=values.text,
            trap=values.trap,
            opened_at=commenting.opened_at(key, str(target), values.page_stamp),
            now=now,
        )
    )
    if suspicion is None and queries.count_waiting_under(**on) >= commenting.MOST_WAITING:
        raise TooManyComments(retry_after=int(A_DAY.total_seconds()))
    state = CommentState.SPAM if suspicion else CommentState.PENDING
    db.session.add(
        Comment(
            **on,
            name=values.name,
            text=values.text,
            email=None if suspicion else values.email,
            locale=values.locale,
            client=mark,
            state=state,
            suspicion=suspicion,
            at=now,
        )
    )
    return state


@transactional
def decide(*, comment_id: int, state: CommentState, actor: Actor, now: datetime) -> None:
    """Show it and tell its writer, refuse it, or mark it as spam; a decision may be changed.

    Raises CommentNotFound, also for whoever may not decide.
    """
    row = queries.comment(comment_id)
    if not may_write(actor, _owner_id(row)):
        raise CommentNotFound(comment_id=comment_id)
    if row.state is state:
        return
    row.state, row.decided_at, row.decided_by = state, now, actor.account_id
    if state in {CommentState.REJECTED, CommentState.SPAM}:
        _forget_addresses([row.id])
    if state is CommentState.APPROVED and row.email:
        mail.queue(
            APPROVED,
            recipient=row.email,
            locale=row.locale,
            about=f"comment:{row.id}",
            dedupe_key=_mail_key(row.id),
            now=now,
            comment_id=row.id,
        )
    audit.note(f"comment.{state}", subject=f"comment:{row.id}", account_id=actor.account_id, now=now)


@transactional
def forget_due(*, now: datetime) -> None:
    """Erase addresses and marks of clients in their time, and what was refused."""
    _forget_addresses(queries.with_address(before=now - commenting.ADDRESS_KEPT))
    db.session.execute(
        update(Comment)
        .where(Comment.at < now - commenting.CLIENT_KEPT, Comment.client.is_not(None))
        .values(client=None)
    )
    old = now - commenting.HELD_KEPT
    refused = and_(Comment.state == CommentState.REJECTED, Comment.decided_at < old)
    db.session.execute(delete(Comment).where(or_(refused, and_(Comment.state == CommentState.SPAM, Comment.at < old))))


def _forget_addresses(comment_ids: Sequence[int]) -> None:
    """Those of comments, and of the mails that went there."""
    mail.forget_recipients([message_id(_mail_key(comment_id)) for comment_id in comment_ids], nobody=NOBODY)
    db.session.execute(update(Comment).where(Comment.id.in_(comment_ids)).values(email=None))


def _mail_key(comment_id: int) -> str:
    return f"{APPROVED}:{comment_id}"


def _check_open(target: Target) -> None:
    if target.story_id:
        row = stories.story(target.story_id)
        is_open = row.state is StoryState.PUBLISHED and row.takes_comments
    else:
        is_open = practices.practice(target.practice_id or 0).is_published
    if not is_open:
        raise CommentsClosed


def _owner_id(row: Comment) -> int:
    if row.story_id:
        return stories.story(row.story_id).owner_id
    return practices.practice(row.practice_id or 0).owner_id
