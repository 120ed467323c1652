"""Messages to people and what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, code_of


class MessageState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"
    BOUNCED = "bounced"


class BounceKind(StrEnum):
    """``hard``: the address does not exist; ``soft``: this mail was not taken, a later one may be."""

    HARD = "hard"
    SOFT = "soft"


class Message(Base):
    """One mail to one person. It is worded when it is sent, from what is true then."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_recipient_key_queued_at", "recipient_key", "queued_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    recipient: Mapped[str] = mapped_column(String(254))
    recipient_key: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5))
    context: Mapped[dict[str, Any]] = mapped_column(JSON)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    about: Mapped[str] = mapped_column(String(120), index=True)
    state: Mapped[MessageState] = mapped_column(code_of(MessageState), default=MessageState.QUEUED, index=True)
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    subject: Mapped[str | None] = mapped_column(Text)
    last_error: Mapped[str | None] = mapped_column(Text)


class AddressState(Base):
    """An address that a mail came back from. No row means that nothing is known against it."""

    __tablename__ = "address_state"

    address_key: Mapped[str] = mapped_column(String(254), primary_key=True)
    kind: Mapped[BounceKind] = mapped_column(code_of(BounceKind), index=True)
    bounced_at: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=1)
    diagnostic: Mapped[str] = mapped_column(Text)


class InboxMail(Base):
    """A mail of the inbox that was dealt with, so that a second reader leaves it alone."""

    __tablename__ = "inbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)  # digest of its Message-ID, or of all of it
    recogniser: Mapped[str] = mapped_column(String(40))
    taken_at: Mapped[datetime] = mapped_column(index=True)
