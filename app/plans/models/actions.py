"""Fundamental actions of a group."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, ThematicGroup
from app.plans.rules.actions import ActionState


class PlanAction(Base):
    """It outlives the version in which it is named. ``source``: the note it came from; ``told_due``: the due day
    about which its owner was told that it is over.
    """

    __tablename__ = "plan_action"
    __table_args__ = (
        Index("ix_plan_action_group_id_due", "group_id", "due"),
        Index("ix_plan_action_state_due", "state", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(ThematicGroup.id, ondelete="CASCADE"))
    title: Mapped[Texts]
    note: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    due: Mapped[date]
    state: Mapped[ActionState] = mapped_column(code_of(ActionState), default=ActionState.PLANNED)
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id, ondelete="SET NULL"), index=True)
    source: Mapped[str] = mapped_column(String(60), default="")
    told_due: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    group: Mapped[ThematicGroup] = relationship()
    owner: Mapped[Organisation] = relationship()
    event: Mapped[Event | None] = relationship()
