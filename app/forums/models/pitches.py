"""Pitches in their order, and votes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base
from app.registration.models import Registration


class PitchSession(Base):
    """How a part of the agenda runs as pitches. Without ``opens_at`` there is no vote."""

    __tablename__ = "pitch_session"

    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    minutes: Mapped[int]  # of a pitch that says nothing else
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]

    item: Mapped[AgendaItem] = relationship()
    pitches: Mapped[list[Pitch]] = relationship(
        cascade="all, delete-orphan", order_by="(Pitch.position, Pitch.id)", back_populates="session"
    )


class Pitch(Base):
    __tablename__ = "pitch"
    __table_args__ = (Index("ix_pitch_item_id_position", "item_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(PitchSession.item_id, ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    speaker: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    ask: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int | None]

    session: Mapped[PitchSession] = relationship(back_populates="pitches")


class PitchVote(Base):
    """The one vote of a participant; it may be moved while the vote is open."""

    __tablename__ = "pitch_vote"

    item_id: Mapped[int] = mapped_column(ForeignKey(PitchSession.item_id, ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    pitch_id: Mapped[int] = mapped_column(ForeignKey(Pitch.id, ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
