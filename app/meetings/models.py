"""Blocks of one-to-one meetings, who takes part, who asks whom, searches for a schedule, and the schedule."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base, code_of
from app.meetings.rules import Outcome, RequestState, SearchState
from app.registration.models import Registration

_TAKES_PLACE = text("cancelled_at IS NULL")
_ACTIVE = text("state IN ('queued', 'running')")


class MeetingSettings(Base):
    """What holds for all meetings of an event."""

    __tablename__ = "meeting_settings"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    opens_at: Mapped[datetime | None]  # empty: at once
    closes_at: Mapped[datetime | None]  # empty: when the first block begins
    most: Mapped[int]  # meetings of one person
    spare: Mapped[int]  # percent of the tables that stay empty
    arranges: Mapped[bool] = mapped_column(default=False)  # meetings that nobody asked for, where needs and offers fit
    edition: Mapped[int] = mapped_column(default=0)  # how often a schedule was told


class MeetingBlock(Base):
    """A part of the agenda in which people meet. Its slots begin with it, one after the other."""

    __tablename__ = "meeting_block"
    __table_args__ = (
        CheckConstraint("slot_minutes >= 15", name="slot_long_enough"),
        CheckConstraint("tables > 0", name="tables_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), unique=True)
    slot_minutes: Mapped[int]
    tables: Mapped[int]

    item: Mapped[AgendaItem] = relationship()


class MeetingProfile(Base):
    """Somebody takes part: what they look for and offer, when they cannot come, where they sit as a host."""

    __tablename__ = "meeting_profile"
    __table_args__ = (UniqueConstraint("event_id", "table_number"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)  # "sector:ict", "specialisation:…", "word:…"
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)
    about: Mapped[str] = mapped_column(String(300), default="")
    away: Mapped[list[str]] = mapped_column(JSON, default=list)  # slots as "block:number"
    may_be_arranged: Mapped[bool] = mapped_column(default=False)
    takes_part: Mapped[bool] = mapped_column(default=True)  # stands in the directory and in the schedule
    table_number: Mapped[int | None]  # of a host
    absent_at: Mapped[datetime | None]  # did not come, as the organiser noted
    changed_at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()
    event: Mapped[Event] = relationship()


class MeetingRequest(Base):
    """One person asks another for a meeting; once a direction."""

    __tablename__ = "meeting_request"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        CheckConstraint("from_id <> to_id", name="of_two_people"),
        Index("ix_meeting_request_event_id_state", "event_id", "state"),
        Index("ix_meeting_request_state_expires_at", "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    from_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    state: Mapped[RequestState] = mapped_column(code_of(RequestState), default=RequestState.OPEN)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    asker: Mapped[Registration] = relationship(foreign_keys=[from_id])
    asked: Mapped[Registration] = relationship(foreign_keys=[to_id])


class MeetingSearch(Base):
    """The worker looks for a schedule; what it found waits to be used. ``found``: block, slot, table, two people."""

    __tablename__ = "meeting_search"
    __table_args__ = (
        Index("uq_meeting_search_active", "event_id", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        Index("ix_meeting_search_event_id", "event_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    state: Mapped[SearchState] = mapped_column(code_of(SearchState), default=SearchState.QUEUED)
    seconds: Mapped[int]  # that it may take
    keeps: Mapped[bool] = mapped_column(default=False)  # starts from what people were told
    asked_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    spent: Mapped[float] = mapped_column(default=0.0)  # seconds so far
    value: Mapped[int] = mapped_column(default=0)
    bound: Mapped[int] = mapped_column(default=0)
    meetings: Mapped[int] = mapped_column(default=0)
    greedy_value: Mapped[int] = mapped_column(default=0)
    is_stopped: Mapped[bool] = mapped_column(default=False)  # somebody asked it to end
    found: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    used_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(Text)

    event: Mapped[Event] = relationship()


class Meeting(Base):
    """Two people at a table in a slot. A pair has one row for life, so that calendars know it again."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="of_two_people"),
        Index(
            "uq_meeting_table",
            "block_id",
            "slot_number",
            "table_number",
            unique=True,
            sqlite_where=_TAKES_PLACE,
            postgresql_where=_TAKES_PLACE,
        ),
        Index("ix_meeting_event_id", "event_id"),
        Index("ix_meeting_other_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    block_id: Mapped[int] = mapped_column(ForeignKey("meeting_block.id", ondelete="CASCADE"))
    slot_number: Mapped[int]  # from 0
    table_number: Mapped[int]
    one_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))  # the smaller id
    other_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    is_called_off: Mapped[bool] = mapped_column(default=False)  # by one of the two: nobody arranges it again
    outcome_of_one: Mapped[Outcome | None] = mapped_column(code_of(Outcome))
    outcome_of_other: Mapped[Outcome | None] = mapped_column(code_of(Outcome))

    block: Mapped[MeetingBlock] = relationship()
    one: Mapped[Registration] = relationship(foreign_keys=[one_id])
    other: Mapped[Registration] = relationship(foreign_keys=[other_id])

    def partner_of(self, registration_id: int) -> Registration:
        return self.other if registration_id == self.one_id else self.one

    def outcome_of(self, registration_id: int) -> Outcome | None:
        return self.outcome_of_one if registration_id == self.one_id else self.outcome_of_other
