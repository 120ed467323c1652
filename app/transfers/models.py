"""Who takes practices up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base, code_of
from app.network.models import Organisation
from app.practices.models import Practice
from app.transfers.rules import Uptake


class Adoption(Base):
    """An organisation on its way with a practice. ``asked``: how many follow-ups were sent.

    ``is_tapped``: a tap at a fair began it, and nobody has said anything about it since.
    """

    __tablename__ = "adoption"
    __table_args__ = (
        UniqueConstraint("practice_id", "organisation_id"),
        Index("ix_adoption_state_asked", "state", "asked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    state: Mapped[Uptake] = mapped_column(code_of(Uptake))
    account_id: Mapped[int | None]
    email: Mapped[str] = mapped_column(String(254))  # where it is asked how far they are
    locale: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime]
    changed_at: Mapped[datetime]
    asked: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)  # the number of the follow-up that was answered last
    is_tapped: Mapped[bool] = mapped_column(default=False)
    demonstration: Mapped[bool] = mapped_column(default=False)

    practice: Mapped[Practice] = relationship()
    organisation: Mapped[Organisation] = relationship()
    changes: Mapped[list[AdoptionChange]] = relationship(cascade="all, delete-orphan", order_by="AdoptionChange.id")


class AdoptionChange(Base):
    """A state that was reached: when, and who said so. Never rewritten."""

    __tablename__ = "adoption_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    before: Mapped[Uptake | None] = mapped_column(code_of(Uptake))
    after: Mapped[Uptake] = mapped_column(code_of(Uptake))
    account_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(254), default="")
