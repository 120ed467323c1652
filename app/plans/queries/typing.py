"""What is typed into chapters and not saved."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.kernel.db import db
from app.plans.errors import PlanNotFound
from app.plans.models import StrategicPlan, TypedChapter
from app.plans.rules.plans import OPEN

NEW = "new"


def place_of(chapter_id: int | None) -> str:
    return NEW if chapter_id is None else str(chapter_id)


def open_plan_id(group_id: int) -> int:
    """The plan that is written now; raises PlanNotFound."""
    found = db.session.scalar(
        select(StrategicPlan.id).where(StrategicPlan.group_id == group_id, StrategicPlan.state.in_(OPEN))
    )
    if found is None:
        raise PlanNotFound(group_id=group_id)
    return found


def typed(account_id: int | None, plan_id: int, chapter_id: int | None) -> TypedChapter | None:
    """What this account typed into a chapter, or into a new one for None."""
    return db.session.scalar(
        select(TypedChapter).where(
            TypedChapter.account_id == account_id,
            TypedChapter.plan_id == plan_id,
            TypedChapter.place == place_of(chapter_id),
        )
    )


def typed_by_others(chapter_id: int, account_id: int | None) -> Sequence[str]:
    """Who else has typed into this chapter and not saved, the latest first."""
    return db.session.scalars(
        select(TypedChapter.by)
        .where(TypedChapter.chapter_id == chapter_id, TypedChapter.account_id != (account_id or 0))
        .order_by(TypedChapter.saved_at.desc(), TypedChapter.id)
    ).all()
