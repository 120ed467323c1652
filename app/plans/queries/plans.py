"""Plans, chapters and versions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.models import Organisation, ThematicGroup
from app.plans.errors import ChapterNotFound, PlanNotFound
from app.plans.models import ChapterText, PlanChapter, PlanDrafter, PlanUptake, PlanVersion, StrategicPlan
from app.plans.rules.plans import OPEN, PlanOfGroup, PlanState

_WITH_PEOPLE = (
    selectinload(StrategicPlan.drafters).joinedload(PlanDrafter.organisation),
    selectinload(StrategicPlan.uptakes).joinedload(PlanUptake.organisation),
    selectinload(StrategicPlan.versions),
)


def plans_of(group_id: int) -> Sequence[StrategicPlan]:
    """All plans of a group, the first first, with versions, drafting and adopting organisations."""
    return db.session.scalars(
        select(StrategicPlan)
        .where(StrategicPlan.group_id == group_id)
        .order_by(StrategicPlan.number)
        .options(*_WITH_PEOPLE)
    ).all()


def plans_of_groups(group_ids: Collection[int]) -> Sequence[StrategicPlan]:
    """The same for several groups, without their texts' chapters."""
    return db.session.scalars(
        select(StrategicPlan)
        .where(StrategicPlan.group_id.in_(group_ids))
        .order_by(StrategicPlan.group_id, StrategicPlan.number)
        .options(*_WITH_PEOPLE)
    ).all()


def hold_plans(group_id: int) -> Sequence[StrategicPlan]:
    """The plans of a group, locked, so that those who change them come one after the other."""
    db.session.execute(select(ThematicGroup.id).where(ThematicGroup.id == group_id).with_for_update())
    return db.session.scalars(
        select(StrategicPlan)
        .where(StrategicPlan.group_id == group_id)
        .order_by(StrategicPlan.number)
        .options(*_WITH_PEOPLE)
        .with_for_update(of=StrategicPlan),
        execution_options={"populate_existing": True},
    ).all()


def drafter_ids(group_id: int) -> frozenset[int]:
    """The organisations that draft the plan which is written now."""
    return frozenset(
        db.session.scalars(
            select(PlanDrafter.organisation_id)
            .join(StrategicPlan)
            .where(StrategicPlan.group_id == group_id, StrategicPlan.state.in_(OPEN))
        )
    )


def chapters_of(plan_id: int) -> Sequence[PlanChapter]:
    """The chapters of a draft in their order, those set aside last."""
    return db.session.scalars(
        select(PlanChapter)
        .where(PlanChapter.plan_id == plan_id)
        .order_by(PlanChapter.removed_at.is_not(None), PlanChapter.position, PlanChapter.id),
        execution_options={"populate_existing": True},
    ).all()


def chapter(group_id: int, chapter_id: int) -> PlanChapter:
    """A chapter of the plan that is written now; raises ChapterNotFound."""
    found = db.session.scalar(
        select(PlanChapter)
        .join(StrategicPlan)
        .where(PlanChapter.id == chapter_id, StrategicPlan.group_id == group_id, StrategicPlan.state.in_(OPEN))
        .options(joinedload(PlanChapter.plan)),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise ChapterNotFound(chapter_id=chapter_id)
    return found


def chapter_text(chapter_id: int, revision: int) -> ChapterText | None:
    return db.session.get(ChapterText, (chapter_id, revision))


def chapter_texts(chapter_id: int) -> Sequence[ChapterText]:
    """Everything that was ever saved of a chapter, the newest first."""
    return db.session.scalars(
        select(ChapterText).where(ChapterText.chapter_id == chapter_id).order_by(ChapterText.revision.desc())
    ).all()


def version(group_id: int, number: int) -> PlanVersion:
    """A version by its number in the group, with its plan; raises PlanNotFound."""
    found = db.session.scalar(
        select(PlanVersion)
        .join(StrategicPlan)
        .where(StrategicPlan.group_id == group_id, PlanVersion.number == number)
        .options(joinedload(PlanVersion.plan))
    )
    if found is None:
        raise PlanNotFound(number=number)
    return found


def last_number(group_id: int) -> int:
    """The number of the newest version of a group; 0 where there is none."""
    return (
        db.session.scalar(
            select(func.max(PlanVersion.number)).join(StrategicPlan).where(StrategicPlan.group_id == group_id)
        )
        or 0
    )


def for_indicators(plans: Iterable[StrategicPlan]) -> list[PlanOfGroup]:
    """What indicators ask of these plans."""
    return [
        PlanOfGroup(
            group_id=plan.group_id,
            countries=frozenset(one.organisation.country_code for one in plan.drafters),
            uptakes=len(plan.uptakes) if plan.state in {PlanState.ADOPTED, PlanState.SUPERSEDED} else 0,
        )
        for plan in plans
    ]


def organisations(ids: Collection[int]) -> Sequence[Organisation]:
    """Organisations by id, in the order of their names."""
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name, Organisation.id)
    ).all()
