"""Who has or awaits a place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base, code_of
from app.network.models import Organisation
from app.network.rules import OrganisationType
from app.registration.models.seats import Allotment
from app.registration.rules import Origin, Place, Verb

if TYPE_CHECKING:
    from app.registration.models.items import ItemPlace

_LIVE = text("place IN ('unverified', 'pending', 'confirmed', 'waitlisted', 'offered')")


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
        Index("ix_registration_seats", "allotment_id", "place", "seat_quota_id", "claim_id", "seats"),
        Index("ix_registration_delegation_id", "delegation_id", "allotment_id"),
        Index("ix_registration_email_key", "email_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    allotment_id: Mapped[int] = mapped_column(ForeignKey("allotment.id", ondelete="CASCADE"))
    place: Mapped[Place] = mapped_column(code_of(Place))
    number: Mapped[int]  # of the allotment, never reused: the time of joining the queue, and so its order
    ahead: Mapped[int] = mapped_column(default=0)  # put forward by hand; the queue goes by it before the number
    seats: Mapped[int] = mapped_column(default=1)  # the person and the companions who use up places
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("quota.id"))  # the quota that the person may draw from
    seat_quota_id: Mapped[int | None] = mapped_column(ForeignKey("quota.id"))  # whose seats are used; empty: the pool
    offer_expires_at: Mapped[datetime | None]
    party: Mapped[str | None] = mapped_column(String(24))  # people who came together share it
    origin: Mapped[Origin] = mapped_column(code_of(Origin), default=Origin.FORM)
    invitation_id: Mapped[int | None]
    skips_approval: Mapped[bool] = mapped_column(default=False)  # by an invitation or a pass code
    verified_at: Mapped[datetime | None]  # the address proved itself by a mailed link
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))  # one that the network knows
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))  # who registered the person
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
    known_organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    companions: Mapped[list[Companion]] = relationship(cascade="all, delete-orphan", order_by="Companion.id")
    item_places: Mapped[list[ItemPlace]] = relationship(cascade="all, delete-orphan", back_populates="registration")
    changes: Mapped[list[RegistrationChange]] = relationship(
        cascade="all, delete-orphan", order_by="RegistrationChange.id"
    )


class Companion(Base):
    """Somebody who comes along on a registration; the name may be left empty."""

    __tablename__ = "companion"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None] = mapped_column(String(200))


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
