"""Groups of an event, who is in them, and how long they stay at a station."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.kernel.db import Base
from app.network.models import Person
from app.registration.models import Allotment, Registration


class SubGroup(Base):
    """A group that goes round together. Its allotment is held while people are put into it."""

    __tablename__ = "sub_group"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    allotment_id: Mapped[int] = mapped_column(ForeignKey(Allotment.id, ondelete="CASCADE"), unique=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(80), default="")  # empty: its number
    guide_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    guide_text: Mapped[str] = mapped_column(String(200), default="")  # a guide whom the network does not know

    allotment: Mapped[Allotment] = relationship()
    guide: Mapped[Person | None] = relationship()
    members: Mapped[list[SubGroupMember]] = relationship(cascade="all, delete-orphan", back_populates="sub_group")


class SubGroupMember(Base):
    """Somebody is in one group, companions included."""

    __tablename__ = "sub_group_member"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True)
    sub_group_id: Mapped[int] = mapped_column(ForeignKey(SubGroup.id, ondelete="CASCADE"), index=True)
    placed_at: Mapped[datetime]

    sub_group: Mapped[SubGroup] = relationship(back_populates="members")
    registration: Mapped[Registration] = relationship()


class Rotation(Base):
    """How long a round takes at the stations that begin together; without a row they share their time evenly."""

    __tablename__ = "rotation"
    __table_args__ = (
        UniqueConstraint("event_id", "day", "start_minute"),
        CheckConstraint("slot_minutes > 0", name="slot_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    day: Mapped[int]  # as of the parts of the agenda
    start_minute: Mapped[int]
    slot_minutes: Mapped[int]
