"""Services proposed for needs, their pilots, and who took them up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.needs.models import Need
from app.network.models import Organisation
from app.pilots.rules import Stage
from app.practices.models import Practice
from app.studies.rules import Target

service_need = Table(
    "service_need",
    Base.metadata,
    Column("service_id", ForeignKey("service_proposal.id", ondelete="CASCADE"), primary_key=True),
    Column("need_id", ForeignKey("need.id", ondelete="CASCADE"), primary_key=True, index=True),
)
service_practice = Table(
    "service_practice",
    Base.metadata,
    Column("service_id", ForeignKey("service_proposal.id", ondelete="CASCADE"), primary_key=True),
    Column("practice_id", ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True, index=True),
)
service_implementer = Table(
    "service_implementer",
    Base.metadata,
    Column("service_id", ForeignKey("service_proposal.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True, index=True),
)


class ServiceProposal(Base):
    """An innovative service, from its proposal on. ``due_on``: when the next step was to be reached."""

    __tablename__ = "service_proposal"
    __table_args__ = (Index("ix_service_proposal_stage_due_on", "stage", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)  # sent twice, it is one
    title: Mapped[Texts]
    description: Mapped[Texts]
    uptake_actions: Mapped[Texts]  # what an adopter must do
    target: Mapped[Target] = mapped_column(code_of(Target))
    stage: Mapped[Stage] = mapped_column(code_of(Stage), default=Stage.PROPOSED)
    proposer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    due_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    told_on: Mapped[date | None]  # the due day about which the owner was told that it is over
    proof: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    proposer: Mapped[Organisation] = relationship(foreign_keys=[proposer_id])
    owner: Mapped[Organisation] = relationship(foreign_keys=[owner_id])
    needs: Mapped[list[Need]] = relationship(secondary=service_need, order_by=Need.id)
    practices: Mapped[list[Practice]] = relationship(secondary=service_practice, order_by=Practice.id)
    implementers: Mapped[list[Organisation]] = relationship(secondary=service_implementer, order_by=Organisation.name)
    changes: Mapped[list[ServiceChange]] = relationship(cascade="all, delete-orphan", order_by="ServiceChange.id")
    pilots: Mapped[list[Pilot]] = relationship(cascade="all, delete-orphan", order_by="Pilot.starts_on, Pilot.id")
    uptakes: Mapped[list[ServiceUptake]] = relationship(
        cascade="all, delete-orphan", order_by="ServiceUptake.taken_up_on, ServiceUptake.id"
    )


class ServiceVersion(Base):
    """What the form held at a revision, once another one followed it."""

    __tablename__ = "service_version"

    service_id: Mapped[int] = mapped_column(ForeignKey("service_proposal.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class ServiceChange(Base):
    """A step of a service: who took it, when and why. Never rewritten."""

    __tablename__ = "service_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service_proposal.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    before: Mapped[Stage | None] = mapped_column(code_of(Stage))
    after: Mapped[Stage] = mapped_column(code_of(Stage))
    account_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(500), default="")


class Pilot(Base):
    """A service tried out somewhere; it counts as finished only when somebody says so."""

    __tablename__ = "pilot"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service_proposal.id", ondelete="CASCADE"), index=True)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)  # sent twice, it is one
    where: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    is_finished: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str] = mapped_column(Text, default="")


class ServiceUptake(Base):
    """An organisation that took a service up, when, and where the proof lies."""

    __tablename__ = "service_uptake"
    __table_args__ = (UniqueConstraint("service_id", "adopter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service_proposal.id", ondelete="CASCADE"))
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)  # sent twice, it is one
    adopter_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    taken_up_on: Mapped[date]
    proof: Mapped[str | None] = mapped_column(String(500))

    adopter: Mapped[Organisation] = relationship()
