"""A strategic plan: its draft by chapters, frozen versions, who drafts it and who adopted it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, ThematicGroup
from app.plans.rules.plans import PlanState


class StrategicPlan(Base):
    """One is written at a time and one holds at a time; ``adopted_number`` is the version that was adopted."""

    __tablename__ = "strategic_plan"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        Index(
            "uq_strategic_plan_open",
            "group_id",
            unique=True,
            sqlite_where=text("state in ('drafting', 'consultation')"),
            postgresql_where=text("state in ('drafting', 'consultation')"),
        ),
        Index(
            "uq_strategic_plan_adopted",
            "group_id",
            unique=True,
            sqlite_where=text("state = 'adopted'"),
            postgresql_where=text("state = 'adopted'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(ThematicGroup.id, ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[PlanState] = mapped_column(code_of(PlanState), default=PlanState.DRAFTING)
    adopted_on: Mapped[date | None]
    adopted_number: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    group: Mapped[ThematicGroup] = relationship()
    chapters: Mapped[list[PlanChapter]] = relationship(
        cascade="all, delete-orphan", order_by="(PlanChapter.position, PlanChapter.id)", back_populates="plan"
    )
    versions: Mapped[list[PlanVersion]] = relationship(
        cascade="all, delete-orphan", order_by="PlanVersion.number", back_populates="plan"
    )
    drafters: Mapped[list[PlanDrafter]] = relationship(cascade="all, delete-orphan", order_by="PlanDrafter.id")
    uptakes: Mapped[list[PlanUptake]] = relationship(
        cascade="all, delete-orphan", order_by="(PlanUptake.adopted_on, PlanUptake.id)"
    )


class PlanChapter(Base):
    """A chapter of the draft. ``revision`` grows with every save; ``removed_at``: set aside, not lost."""

    __tablename__ = "plan_chapter"
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        Index("ix_plan_chapter_plan_id_position", "plan_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(StrategicPlan.id, ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(24))
    position: Mapped[int]
    title: Mapped[Texts]
    body: Mapped[Texts]  # Markdown
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(250), default="")
    removed_at: Mapped[datetime | None]

    plan: Mapped[StrategicPlan] = relationship(back_populates="chapters")


class ChapterText(Base):
    """What a chapter said at a revision: nothing that was saved is lost."""

    __tablename__ = "plan_chapter_text"

    chapter_id: Mapped[int] = mapped_column(ForeignKey(PlanChapter.id, ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Texts]
    body: Mapped[Texts]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(250), default="")


class PlanVersion(Base):
    """A frozen, named, public text. Numbers run through all plans of a group."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(StrategicPlan.id, ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    published_at: Mapped[datetime]

    plan: Mapped[StrategicPlan] = relationship(back_populates="versions")


class PlanDrafter(Base):
    """An organisation that drafts the plan."""

    __tablename__ = "plan_drafter"
    __table_args__ = (UniqueConstraint("plan_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(StrategicPlan.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"), index=True)

    organisation: Mapped[Organisation] = relationship()


class PlanUptake(Base):
    """An organisation adopted the plan."""

    __tablename__ = "plan_uptake"
    __table_args__ = (UniqueConstraint("plan_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(StrategicPlan.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"), index=True)
    adopted_on: Mapped[date]

    organisation: Mapped[Organisation] = relationship()
