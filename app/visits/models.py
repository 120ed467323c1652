"""What hosts are asked and what they said."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base, code_of
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.visits.rules.hosts import HostState


class HostRequest(Base):
    """Who is asked for a stop, by a link without an account; raising ``link_version`` makes the link worthless.

    What can be compared with the plan stands in the stop itself; here is the rest. ``due_on`` and ``names_due_on``
    are days on the event's calendar, each to its end.
    """

    __tablename__ = "host_request"
    __table_args__ = (Index("ix_host_request_state_due_on", "state", "due_on"),)

    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"), primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=opaque_id)
    link_version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5))
    due_on: Mapped[date] = mapped_column(Date)
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None]
    reminded_at: Mapped[datetime | None]
    state: Mapped[HostState] = mapped_column(code_of(HostState), default=HostState.ASKED)
    answered_at: Mapped[datetime | None]
    answered_sequence: Mapped[int | None]  # of the stop then: another one says that it moved since
    changed: Mapped[list[str]] = mapped_column(JSON, default=list)  # what was said otherwise than planned
    wished_limit: Mapped[int | None]  # a larger group than planned, until the organiser takes it over
    safety: Mapped[Texts] = mapped_column(default=Texts)
    access: Mapped[str] = mapped_column(Text, default="")  # the way in: parking, reception, lift
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_phone: Mapped[str] = mapped_column(String(60), default="")
    shows_contact: Mapped[bool] = mapped_column(default=False)  # to participants
    names_due_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")

    item: Mapped[AgendaItem] = relationship()


class VisitEmergency(Base):
    """Whom participants call when something goes wrong on the way."""

    __tablename__ = "visit_emergency"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(60))
