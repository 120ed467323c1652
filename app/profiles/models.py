"""What a cluster says of itself beside what the network knows of it anyway."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base
from app.kernel.texts import Texts


class ClusterProfile(Base):
    """The columns follow what the European Cluster Collaboration Platform asks of a profile."""

    __tablename__ = "cluster_profile"
    __table_args__ = (
        CheckConstraint("founded_year BETWEEN 1000 AND 9999", name="founded_year"),
        CheckConstraint("staff >= 0", name="staff"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    looking_for: Mapped[Texts]
    offers: Mapped[Texts]
    founded_year: Mapped[int | None]
    staff: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))  # full-time equivalents who manage the cluster
    committed_members: Mapped[int | None]
    small_companies: Mapped[int | None]  # up to 249 people
    large_companies: Mapped[int | None]
    research_bodies: Mapped[int | None]
    other_members: Mapped[int | None]
    target_countries: Mapped[list[str]] = mapped_column(JSON, default=list)
    changed_at: Mapped[datetime]
