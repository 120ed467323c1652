"""Fundamental actions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.kernel.db import db
from app.kernel.texts import Texts
from app.plans.errors import ActionNotFound
from app.plans.models import PlanAction
from app.plans.rules.actions import SETTLED


def actions_of(group_id: int) -> Sequence[PlanAction]:
    """The actions of a group: what is open first, each by its due day; with owner and source event."""
    return db.session.scalars(
        select(PlanAction)
        .where(PlanAction.group_id == group_id)
        .order_by(PlanAction.state.in_(SETTLED), PlanAction.due, PlanAction.id)
        .options(joinedload(PlanAction.owner), joinedload(PlanAction.event))
    ).all()


def actions_of_groups(group_ids: Collection[int]) -> Sequence[PlanAction]:
    return db.session.scalars(
        select(PlanAction).where(PlanAction.group_id.in_(group_ids)).order_by(PlanAction.due, PlanAction.id)
    ).all()


def action(group_id: int, action_id: int) -> PlanAction:
    """Raises ActionNotFound."""
    found = db.session.scalar(
        select(PlanAction)
        .where(PlanAction.id == action_id, PlanAction.group_id == group_id)
        .options(joinedload(PlanAction.owner), joinedload(PlanAction.event)),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise ActionNotFound(action_id=action_id)
    return found


def action_for_mail(action_id: int) -> PlanAction | None:
    return db.session.scalar(
        select(PlanAction)
        .where(PlanAction.id == action_id)
        .options(joinedload(PlanAction.owner), joinedload(PlanAction.group))
    )


def untold_overdue(today: date, limit: int) -> Sequence[PlanAction]:
    """Open actions whose day is over and whose owner was not told of just that day."""
    return db.session.scalars(
        select(PlanAction)
        .where(
            PlanAction.state.not_in(SETTLED),
            PlanAction.due < today,
            (PlanAction.told_due.is_(None)) | (PlanAction.told_due != PlanAction.due),
        )
        .order_by(PlanAction.id)
        .options(joinedload(PlanAction.owner), joinedload(PlanAction.group))
        .limit(limit)
        .with_for_update(of=PlanAction)
    ).all()


def same_action(group_id: int, source: str, title: Texts) -> int | None:
    """The action of that title that was made of that note."""
    rows = db.session.execute(
        select(PlanAction.id, PlanAction.title).where(PlanAction.group_id == group_id, PlanAction.source == source)
    )
    return next((row.id for row in rows if row.title == title), None)


def made_of(sources: Collection[str]) -> dict[str, int]:
    """Which of these notes became an action, and which."""
    rows = db.session.execute(select(PlanAction.source, PlanAction.id).where(PlanAction.source.in_(sources)))
    return {row.source: row.id for row in rows}
