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
