"""Calendars of others, their times, and the secret addresses of our own busy times."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, LargeBinary, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.freebusy.rules import FetchResult, Occupancy, Use
from app.kernel.db import Base, code_of
from app.network.models import Organisation, Person, Region, ThematicGroup
from app.venues.models import Room

imported_calendar_room = Table(
    "imported_calendar_room",
    Base.metadata,
    Column("calendar_id", ForeignKey("imported_calendar.id", ondelete="CASCADE"), primary_key=True),
    Column("room_id", ForeignKey("room.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_imported_calendar_room_room_id", "room_id"),
)


class ImportedCalendar(Base):
    """A calendar that an organisation keeps here: of rooms, or of a partner.

    ``content`` is the file as it came, packed: as time goes on, recurring events are followed further. ``address``
    may open the calendar to whoever knows it, so only the organisation's managers see it.
    """

    __tablename__ = "imported_calendar"
    __table_args__ = (Index("ix_imported_calendar_next_at", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    use: Mapped[Use] = mapped_column(code_of(Use))
    address: Mapped[str | None] = mapped_column(String(1000))
    timezone: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_group.id", ondelete="SET NULL"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    etag: Mapped[str] = mapped_column(String(200), default="")
    last_modified: Mapped[str] = mapped_column(String(200), default="")
    account_id: Mapped[int | None]  # who imported it
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # when its times last became others
    tried_at: Mapped[datetime]
    result: Mapped[FetchResult] = mapped_column(code_of(FetchResult))
    failure: Mapped[str | None] = mapped_column(String(60))  # code of why the last look failed
    failure_details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # fill its words
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    problem_count: Mapped[int] = mapped_column(default=0)  # lines that could not be read
    next_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()
    region: Mapped[Region | None] = relationship()
    group: Mapped[ThematicGroup | None] = relationship()
    rooms: Mapped[list[Room]] = relationship(secondary=imported_calendar_room, order_by=Room.name)


class ImportedTimeRow(Base):
    """One occurrence in an imported calendar. Its title is for the organisation that imported it."""

    __tablename__ = "imported_time"
    __table_args__ = (
        UniqueConstraint("calendar_id", "key"),
        Index("ix_imported_time_calendar_id_begins_at", "calendar_id", "begins_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("imported_calendar.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    all_day: Mapped[bool]
    title: Mapped[str] = mapped_column(String(200))
    standing: Mapped[Occupancy] = mapped_column(code_of(Occupancy))

    calendar: Mapped[ImportedCalendar] = relationship()


class CalendarDraft(Base):
    """A file that somebody looks at before it counts; forgotten after a day. ``calendar_id``: what it would renew."""

    __tablename__ = "calendar_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("imported_calendar.id", ondelete="CASCADE"), index=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    etag: Mapped[str] = mapped_column(String(200))
    last_modified: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class FreeBusyAddress(Base):
    """A secret address under which a room's or a person's busy times can be fetched; its digest is kept."""

    __tablename__ = "free_busy_address"
    __table_args__ = (CheckConstraint("(room_id IS NULL) <> (person_id IS NULL)", name="room_or_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[datetime]

    room: Mapped[Room | None] = relationship()
    person: Mapped[Person | None] = relationship()
