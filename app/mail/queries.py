from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from app.kernel.db import db
from app.mail.models import AddressState, BounceKind, InboxMail, Message, MessageState
from app.mail.rules import address_key


def message(message_id: str) -> Message | None:
    """A message by the left part of its Message-ID."""
    return db.session.scalar(
        select(Message).where(Message.message_id == message_id), execution_options={"populate_existing": True}
    )


def messages(message_ids: Sequence[str]) -> Sequence[Message]:
    """Messages by the left parts of their Message-IDs."""
    return db.session.scalars(select(Message).where(Message.message_id.in_(list(message_ids)))).all()


def message_numbered(row_id: int) -> Message | None:
    """A message by the number of its row."""
    return db.session.get(Message, row_id)


def address_state(address_key: str) -> AddressState | None:
    """What is known against an address, held until the transaction ends."""
    return db.session.get(AddressState, address_key, populate_existing=True, with_for_update=True)


def not_arriving(address_keys: Iterable[str]) -> dict[str, AddressState]:
    """Those of these addresses that do not exist, as far as mail servers say; by their keys."""
    query = select(AddressState).where(
        AddressState.address_key.in_(set(address_keys)), AddressState.kind == BounceKind.HARD
    )
    return {state.address_key: state for state in db.session.scalars(query)}


def inbox_mail(key: str) -> InboxMail:
    return db.session.scalars(select(InboxMail).where(InboxMail.key == key)).one()


def delete_inbox_mail(*, before: datetime) -> None:
    db.session.execute(delete(InboxMail).where(InboxMail.taken_at < before))


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
