"""Diaries, and what a debrief makes of the lines that were shared."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.diaries.rules import Prompt
from app.diaries.rules.windows import USUAL_DAYS
from app.events.models import Event
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.practices.models import Practice
from app.registration.models import Registration


class DiaryLine(Base):
    """A field of somebody's diary: the truth of its versions. ``is_shared`` and ``is_named`` are what holds of them.

    A stop that leaves the agenda takes nothing along: its title stays with the line.
    """

    __tablename__ = "diary_line"
    __table_args__ = (
        UniqueConstraint("registration_id", "item_id", "prompt"),
        Index("ix_diary_line_event_id_is_shared", "event_id", "is_shared"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey(AgendaItem.id, ondelete="SET NULL"), index=True)
    stop_title: Mapped[Texts]
    prompt: Mapped[Prompt] = mapped_column(code_of(Prompt))
    text: Mapped[str] = mapped_column(Text, default="")
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_named: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]

    versions: Mapped[list[DiaryVersion]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    registration: Mapped[Registration] = relationship()


class DiaryVersion(Base):
    """What a device wrote into a field. ``text`` is gone once somebody who saw it wrote something else instead."""

    __tablename__ = "diary_version"

    line_id: Mapped[int] = mapped_column(ForeignKey(DiaryLine.id, ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str | None] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_named: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime | None]
    is_seen: Mapped[bool] = mapped_column(default=False)
    is_dropped: Mapped[bool] = mapped_column(default=False)


class Debrief(Base):
    """What the organiser writes for the report, and how many days after the visit diaries are written."""

    __tablename__ = "debrief"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    open_days: Mapped[int] = mapped_column(default=USUAL_DAYS)
    objectives: Mapped[str] = mapped_column(Text, default="")
    competence: Mapped[str] = mapped_column(Text, default="")
    cooperation: Mapped[str] = mapped_column(Text, default="")


class DebriefFinding(Base):
    """What the organiser made of shared lines, in own words; where it was seen stays, whatever becomes of the stop."""

    __tablename__ = "debrief_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey(AgendaItem.id, ondelete="SET NULL"), index=True)
    stop_title: Mapped[Texts]
    prompt: Mapped[Prompt] = mapped_column(code_of(Prompt))
    text: Mapped[str] = mapped_column(Text)
    in_report: Mapped[bool] = mapped_column(default=True)
    practice_id: Mapped[int | None] = mapped_column(ForeignKey(Practice.id, ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]

    sources: Mapped[list[FindingSource]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    practice: Mapped[Practice | None] = relationship()


class FindingSource(Base):
    """A line that a finding was made of. ``line_id`` is empty once diaries were erased: it was shared until then."""

    __tablename__ = "debrief_finding_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey(DebriefFinding.id, ondelete="CASCADE"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey(DiaryLine.id, ondelete="SET NULL"), index=True)

    line: Mapped[DiaryLine | None] = relationship()
