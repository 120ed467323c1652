"""The agenda of an event; stops and legs of a study visit are items with more to say."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.rules import AgendaRole, ItemKind, PhotoPolicy, TravelMode
from app.events.models import Event
from app.events.rules import Audience
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, Person
from app.venues.models import Room, Venue


class AgendaItem(Base):
    """A part of an event.

    Times are wall-clock minutes since the midnight that begins ``day`` (0 is the event's first day), so
    that moving an event moves its agenda. They hang in ``timezone``, or else the event's.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_event_id_day_start_minute", "event_id", "day", "start_minute", "id"),
        CheckConstraint("end_minute > start_minute", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    day: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    timezone: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[ItemKind] = mapped_column(code_of(ItemKind))
    audience: Mapped[Audience | None] = mapped_column(code_of(Audience))  # empty: the event's
    title: Mapped[Texts]
    abstract: Mapped[Texts]
    track: Mapped[str | None] = mapped_column(String(80))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    capacity: Mapped[int | None]
    created_at: Mapped[datetime]
    content_changed_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
    room: Mapped[Room | None] = relationship()
    persons: Mapped[list[AgendaPerson]] = relationship(cascade="all, delete-orphan", order_by="AgendaPerson.id")
    stop: Mapped[Stop | None] = relationship(cascade="all, delete-orphan", back_populates="item")
    leg: Mapped[Leg | None] = relationship(cascade="all, delete-orphan", back_populates="item")


class AgendaPerson(Base):
    __tablename__ = "agenda_person"
    __table_args__ = (UniqueConstraint("item_id", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[AgendaRole] = mapped_column(code_of(AgendaRole))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Stop(Base):
    """Where a study visit is somewhere: whose guest, what the gate asks for."""

    __tablename__ = "stop"

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"), index=True)
    gate: Mapped[str | None] = mapped_column(String(200))
    group_limit: Mapped[int | None]
    protective_equipment: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs_identity: Mapped[bool] = mapped_column(default=False)
    identity_days_before: Mapped[int | None]
    photo_policy: Mapped[PhotoPolicy] = mapped_column(code_of(PhotoPolicy), default=PhotoPolicy.ASK)
    needs_nondisclosure: Mapped[bool] = mapped_column(default=False)

    item: Mapped[AgendaItem] = relationship(back_populates="stop")
    host: Mapped[Organisation | None] = relationship()
    venue: Mapped[Venue | None] = relationship()


class Leg(Base):
    """Where a study visit travels. Arrival may hang in another zone than departure."""

    __tablename__ = "leg"

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True)
    mode: Mapped[TravelMode] = mapped_column(code_of(TravelMode))
    departs_from: Mapped[str] = mapped_column(String(200))
    arrives_at: Mapped[str] = mapped_column(String(200))
    arrival_timezone: Mapped[str | None] = mapped_column(String(60))
    operator: Mapped[str | None] = mapped_column(String(200))
    seats: Mapped[int | None]
    meeting_point: Mapped[str | None] = mapped_column(String(200))
    distance_km: Mapped[int | None]

    item: Mapped[AgendaItem] = relationship(back_populates="leg")


class Overruling(Base):
    """A warning that somebody accepted, with the reason."""

    __tablename__ = "agenda_overruling"
    __table_args__ = (UniqueConstraint("item_id", "warning"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    warning: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None]
    at: Mapped[datetime]
