from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app.kernel.db import db
from app.mail.models import Message, MessageState
from app.mail.rules import address_key


def message(message_id: str) -> Message | None:
    """A message by the left part of its Message-ID."""
    return db.session.scalar(
        select(Message).where(Message.message_id == message_id), execution_options={"populate_existing": True}
    )


def count_recent(recipient_key: str, since: datetime, *, name: str | None = None) -> int:
    """How many messages were queued for an address since then, of one kind or of all."""
    query = select(func.count()).where(
        Message.recipient_key == recipient_key, Message.queued_at >= since, Message.state != MessageState.DROPPED
    )
    return db.session.scalar(query.where(Message.name == name) if name else query) or 0


def dead_messages(limit: int = 100) -> Sequence[Message]:
    query = select(Message).where(Message.state == MessageState.DEAD).order_by(Message.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def newest_messages(recipient: str, *, limit: int, offset: int = 0) -> Sequence[Message]:
    """Messages, newest first; ``recipient`` narrows to addresses that contain it."""
    query = select(Message).where(*_to(recipient)).order_by(Message.queued_at.desc(), Message.id.desc())
    return db.session.scalars(query.limit(limit).offset(offset)).all()


def count_messages(recipient: str) -> int:
    return db.session.scalar(select(func.count()).select_from(Message).where(*_to(recipient))) or 0


def _to(recipient: str) -> list[ColumnElement[bool]]:
    key = address_key(recipient)
    return [Message.recipient_key.contains(key, autoescape=True)] if key else []
