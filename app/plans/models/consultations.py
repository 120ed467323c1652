"""Consultations about a version, guests with a link, comments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base
from app.kernel.texts import Texts
from app.network.models import Country, Organisation
from app.plans.models.plans import PlanVersion, StrategicPlan


class Consultation(Base):
    """Members of each country are asked about a version, from the first day to the last."""

    __tablename__ = "plan_consultation"
    __table_args__ = (Index("ix_plan_consultation_plan_id_opens_on", "plan_id", "opens_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(StrategicPlan.id, ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey(PlanVersion.id, ondelete="CASCADE"), index=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    asks: Mapped[Texts]
    closed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]  # when members and guests were told by mail
    reminded_at: Mapped[datetime | None]

    plan: Mapped[StrategicPlan] = relationship()
    version: Mapped[PlanVersion] = relationship()
    guests: Mapped[list[ConsultationGuest]] = relationship(
        cascade="all, delete-orphan", order_by="ConsultationGuest.id", back_populates="consultation"
    )
    comments: Mapped[list[ConsultationComment]] = relationship(
        cascade="all, delete-orphan", order_by="ConsultationComment.id"
    )


class ConsultationGuest(Base):
    """Somebody outside the group who is asked by a link. The link is computed; its version revokes it."""

    __tablename__ = "plan_consultation_guest"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id, ondelete="CASCADE"), index=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    country_code: Mapped[str] = mapped_column(ForeignKey(Country.code), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(8), default="en", server_default="en")  # of the mail
    revoked_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship(back_populates="guests")


class ConsultationComment(Base):
    """What somebody says about a chapter, or about the whole. ``country_code``: whose answer it is."""

    __tablename__ = "plan_consultation_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id, ondelete="CASCADE"), index=True)
    chapter: Mapped[str] = mapped_column(String(24), default="")  # the key; empty: the whole
    text: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(250))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id, ondelete="SET NULL"), index=True)
    guest_id: Mapped[int | None] = mapped_column(ForeignKey(ConsultationGuest.id, ondelete="SET NULL"), index=True)
    country_code: Mapped[str] = mapped_column(ForeignKey(Country.code), index=True)
    at: Mapped[datetime]

    organisation: Mapped[Organisation | None] = relationship()
