"""What is being written into chapters and not saved yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base
from app.plans.models.plans import PlanChapter, StrategicPlan


class TypedChapter(Base):
    """What somebody typed into a chapter, for this account only. ``place``: the id of the chapter, or ``new``.

    ``revision``: the one that was read; ``fields``: those of the form by name, unchecked.
    """

    __tablename__ = "plan_typed_chapter"
    __table_args__ = (UniqueConstraint("account_id", "plan_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    plan_id: Mapped[int] = mapped_column(ForeignKey(StrategicPlan.id, ondelete="CASCADE"), index=True)
    place: Mapped[str] = mapped_column(String(20))
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey(PlanChapter.id, ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(250), default="")
    saved_at: Mapped[datetime] = mapped_column(index=True)
