"""A world café: its rounds, tables, seats and notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.forums.rules.cafe import NoteTag
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.registration.models import Registration


class Cafe(Base):
    """How a part of the agenda runs as a café. ``version`` grows with all that its harvest shows."""

    __tablename__ = "cafe"

    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    round_minutes: Mapped[int]
    only_present: Mapped[bool] = mapped_column(default=False)  # whom the plan seats
    seated_at: Mapped[datetime | None]  # empty: nobody sits anywhere yet
    seed: Mapped[int] = mapped_column(default=0)  # of the plan; another one gives another plan
    version: Mapped[int] = mapped_column(default=1)

    item: Mapped[AgendaItem] = relationship()
    rounds: Mapped[list[CafeRound]] = relationship(cascade="all, delete-orphan", order_by="CafeRound.number")
    tables: Mapped[list[CafeTable]] = relationship(
        cascade="all, delete-orphan", order_by="CafeTable.number", back_populates="cafe"
    )


class CafeRound(Base):
    __tablename__ = "cafe_round"

    item_id: Mapped[int] = mapped_column(ForeignKey(Cafe.item_id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    question: Mapped[Texts]


class CafeTable(Base):
    """A table and who stays there as its host: a participant, or somebody by name. Its link is computed."""

    __tablename__ = "cafe_table"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Cafe.item_id, ondelete="CASCADE"))
    number: Mapped[int]
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)
    host_id: Mapped[int | None] = mapped_column(ForeignKey(Registration.id, ondelete="SET NULL"), index=True)
    host_name: Mapped[str] = mapped_column(String(200), default="")

    cafe: Mapped[Cafe] = relationship(back_populates="tables")
    host: Mapped[Registration | None] = relationship()


class CafeSeat(Base):
    """Where a guest sits in a round. Hosts have none: they stay."""

    __tablename__ = "cafe_seat"
    __table_args__ = (Index("ix_cafe_seat_registration_id", "registration_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey(Cafe.item_id, ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey(CafeTable.id, ondelete="CASCADE"), index=True)


class CafeNote(Base):
    """What was written down at a table in a round; without a registration, its host wrote it."""

    __tablename__ = "cafe_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey(CafeTable.id, ondelete="CASCADE"), index=True)
    round: Mapped[int]
    tag: Mapped[NoteTag] = mapped_column(code_of(NoteTag))
    text: Mapped[str] = mapped_column(Text)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey(Registration.id, ondelete="SET NULL"), index=True)
    at: Mapped[datetime]

    table: Mapped[CafeTable] = relationship()
