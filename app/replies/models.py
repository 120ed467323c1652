"""Answers that came from participants' calendars, and what came of each. They go with the registration."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base, code_of
from app.registration.models import Registration
from app.replies.rules import Outcome, Said


class CalendarReply(Base):
    __tablename__ = "calendar_reply"
    __table_args__ = (UniqueConstraint("registration_id", "sequence", "written_at", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"))
    sequence: Mapped[int]
    written_at: Mapped[datetime]  # DTSTAMP
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    said: Mapped[Said] = mapped_column(code_of(Said))
    outcome: Mapped[Outcome] = mapped_column(code_of(Outcome))
    attendee: Mapped[str] = mapped_column(String(254))  # whose calendar it was, as it says
    starts_at: Mapped[datetime | None]  # proposed
    ends_at: Mapped[datetime | None]
    comment: Mapped[str] = mapped_column(Text, default="")

    registration: Mapped[Registration] = relationship()
