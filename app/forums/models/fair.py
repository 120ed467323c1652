"""Stands of a fair, and who tapped that a practice interests them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base
from app.practices.models import Practice
from app.registration.models import Registration


class FairStand(Base):
    """A stand shows one practice; its code hangs there."""

    __tablename__ = "fair_stand"
    __table_args__ = (UniqueConstraint("item_id", "number"), UniqueConstraint("item_id", "practice_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    number: Mapped[int]
    practice_id: Mapped[int] = mapped_column(ForeignKey(Practice.id, ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    place: Mapped[str] = mapped_column(String(120), default="")

    practice: Mapped[Practice] = relationship()


class StandInterest(Base):
    __tablename__ = "stand_interest"

    stand_id: Mapped[int] = mapped_column(ForeignKey(FairStand.id, ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]
