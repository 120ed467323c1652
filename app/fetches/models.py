"""The newest fetches of calendars, for whoever asks why a calendar is wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.fetches.rules import Family
from app.kernel.db import Base, code_of


class CalendarFetch(Base):
    """One answer to a calendar program. No address of a network, no secret, nothing that a person wrote."""

    __tablename__ = "calendar_fetch"
    __table_args__ = (Index("ix_calendar_fetch_calendar_at", "calendar", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar: Mapped[str] = mapped_column(String(120))  # a public address, rules.agenda_key, or rules.MISSING
    asked: Mapped[str] = mapped_column(String(120))  # the public address at which there is nothing, or empty
    at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int]
    family: Mapped[Family] = mapped_column(code_of(Family))
    version: Mapped[str] = mapped_column(String(20))
    by_caldav: Mapped[bool]
