"""Seats, and who has or awaits one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.kernel.db import Base, code_of
from app.network.rules import OrganisationType
from app.registration.rules import Place, Verb

_LIVE = text("place IN ('confirmed', 'waitlisted')")


class Allotment(Base):
    """The seats of an event and the window in which they are given out: the row that is locked to decide.

    ``confirmed`` and ``waiting`` are as last counted under the lock, for display; decisions count rows.
    """

    __tablename__ = "allotment"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity_not_negative"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR closes_at >= opens_at", name="closes_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    capacity: Mapped[int | None]  # empty: no limit
    has_waitlist: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime | None]  # empty: when the event is published
    closes_at: Mapped[datetime | None]  # empty: when the event starts
    next_number: Mapped[int] = mapped_column(default=1)
    confirmed: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()


class Registration(Base):
    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("allotment_id", "number"),
        UniqueConstraint("allotment_id", "form_key"),
        Index(
            "uq_registration_live_address",
            "allotment_id",
            "email_key",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_registration_allotment_id_place_number", "allotment_id", "place", "number"),
        Index("ix_registration_email_key", "email_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    allotment_id: Mapped[int] = mapped_column(ForeignKey("allotment.id", ondelete="CASCADE"))
    place: Mapped[Place] = mapped_column(code_of(Place))
    number: Mapped[int]  # of the allotment, never reused: the order of the queue
    form_key: Mapped[str] = mapped_column(String(64))
    form_digest: Mapped[str] = mapped_column(String(64))
    link_version: Mapped[int] = mapped_column(default=1)

    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(200))
    org_type: Mapped[OrganisationType] = mapped_column(code_of(OrganisationType))
    country_code: Mapped[str] = mapped_column(String(2))
    diet: Mapped[str | None] = mapped_column(Text)
    access: Mapped[str | None] = mapped_column(Text)
    message: Mapped[str | None] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(String(5))
    privacy_accepted_at: Mapped[datetime]

    invitation_sequence: Mapped[int] = mapped_column(default=0)  # SEQUENCE of the mailed calendar entry
    created_at: Mapped[datetime]
    placed_at: Mapped[datetime]
    needs_erased_at: Mapped[datetime | None]  # diet and access

    allotment: Mapped[Allotment] = relationship()
    changes: Mapped[list[RegistrationChange]] = relationship(
        cascade="all, delete-orphan", order_by="RegistrationChange.id"
    )


class RegistrationChange(Base):
    """Every change of a place: who, when, why."""

    __tablename__ = "registration_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    verb: Mapped[Verb] = mapped_column(code_of(Verb))
    before: Mapped[Place | None] = mapped_column(code_of(Place))
    after: Mapped[Place] = mapped_column(code_of(Place))
    account_id: Mapped[int | None]  # empty: the participant, or the rules themselves
    reason: Mapped[str | None] = mapped_column(Text)
