"""Personal calendars: one address and app password a device, and what stands in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fetches.rules import Family
from app.kernel.db import Base, code_of


class CalendarToken(Base):
    """What opens one person's calendar from one device. The secrets were shown once; digests are kept.

    ``version`` is the calendar's own in the order of all versions, so that asking whether anything changed is
    reading this row.
    """

    __tablename__ = "calendar_token"
    __table_args__ = (Index("ix_calendar_token_email_key", "email_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    password_digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(5))
    timezone: Mapped[str] = mapped_column(String(60))
    parts: Mapped[list[str]] = mapped_column(JSON)
    reminder_minutes: Mapped[int | None]  # before the start; empty: none
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    forgotten_version: Mapped[int] = mapped_column(default=0)  # up to here it is not known any more what left
    last_used_at: Mapped[datetime | None]  # written with a minute's fetches
    client: Mapped[Family | None] = mapped_column(code_of(Family))
    revoked_at: Mapped[datetime | None]


class FormerAddress(Base):
    """An address that a calendar had before it got a new one: it is answered as withdrawn."""

    __tablename__ = "former_address"

    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_id: Mapped[int] = mapped_column(ForeignKey("calendar_token.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]


class AgendaEntry(Base):
    """One entry of a personal calendar as it goes out. Without a body it left, and those who ask are told so."""

    __tablename__ = "agenda_entry"
    __table_args__ = (
        UniqueConstraint("token_id", "source"),
        UniqueConstraint("token_id", "uid"),
        Index("ix_agenda_entry_token_id_version", "token_id", "version"),
        Index("ix_agenda_entry_event_id_token_id", "event_id", "token_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_id: Mapped[int] = mapped_column(ForeignKey("calendar_token.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(60))  # what it is of: "event:7", "item:3", "form:2"
    event_id: Mapped[int]  # noted: what left may outlive its event
    uid: Mapped[str] = mapped_column(String(120))
    sequence: Mapped[int]
    version: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zones: Mapped[str] = mapped_column(String(200))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]  # it no longer concerns its owner
    removed_at: Mapped[datetime | None]
