"""Certificates say what was true when they were issued: everything on the paper is kept with them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.certificates.rules import Holder, Measure, Standing, standing
from app.events.rules import Kind
from app.kernel.dates import DatePrecision
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.registration.models import Registration

_CURRENT = text("replaced_at IS NULL")


class Certificate(Base):
    """That somebody was at an event. One of a registration counts; those that it replaced still lead to it."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index(
            "uq_certificate_current",
            "registration_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revocation_reason: Mapped[str | None] = mapped_column(Text)
    replaced_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id", ondelete="SET NULL"), unique=True)

    name: Mapped[str] = mapped_column(String(241))
    organisation: Mapped[str] = mapped_column(String(200))
    event_kind: Mapped[Kind] = mapped_column(code_of(Kind))
    event_title: Mapped[Texts]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(60))
    date_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision))
    place: Mapped[Texts]
    parts: Mapped[int]  # at which the person was present
    minutes: Mapped[int | None]  # that these took; empty where the paper does not say it
    organiser: Mapped[str] = mapped_column(String(200))
    text: Mapped[Texts]
    signed_by: Mapped[str] = mapped_column(String(200))
    project: Mapped[str | None] = mapped_column(String(80))
    programme: Mapped[Texts]
    funding_sentence: Mapped[Texts]
    emblem: Mapped[str | None] = mapped_column(String(120))

    registration: Mapped[Registration] = relationship()

    @property
    def standing(self) -> Standing:
        return standing(revoked_at=self.revoked_at, replaced_at=self.replaced_at)

    @property
    def holder(self) -> Holder:
        return Holder(name=self.name, organisation=self.organisation)


class CertificateRule(Base):
    """What an event asks for a certificate, and what stands on it. Without a row: one part, by hand."""

    __tablename__ = "certificate_rule"
    __table_args__ = (CheckConstraint("least >= 1", name="least_positive"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    measure: Mapped[Measure] = mapped_column(code_of(Measure), default=Measure.PARTS)
    least: Mapped[int] = mapped_column(default=1)  # parts, or hours
    says_hours: Mapped[bool] = mapped_column(default=False)
    is_automatic: Mapped[bool] = mapped_column(default=False)
    text: Mapped[Texts] = mapped_column(default=Texts)
    signed_by: Mapped[str] = mapped_column(String(200), default="")
