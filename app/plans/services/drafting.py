"""Begin a plan, write its chapters, name who drafts it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.network.models import ThematicGroup
from app.plans.errors import ChapterConflict, PlanNotFound, PlanStandsAlready, TitleMissing, TooManyChapters
from app.plans.inputs import ChapterInput
from app.plans.models import ChapterText, PlanChapter, PlanDrafter, StrategicPlan
from app.plans.outline import USUAL_CHAPTERS
from app.plans.queries import plans as queries
from app.plans.rules import merging, plans
from app.plans.rules.plans import MOST_CHAPTERS, OPEN, PlanState, PlanStep
from app.plans.services import access, typing
from app.plans.services.choosing import check_organisations


@dataclass(frozen=True, slots=True)
class Saved:
    """``was_merged``: somebody else had saved meanwhile, and both texts became one."""

    revision: int
    was_merged: bool


@transactional
def begin(*, group_slug: str, actor: Actor, now: datetime) -> int:
    """Begin the first plan with the usual chapters, or the next one from what was adopted; gives its id.

    Raises GroupNotFound, MayNotDecide, PlanStandsAlready while one is being written.
    """
    group = access.decided(group_slug, actor)
    before = queries.hold_plans(group.id)
    if any(one.state in OPEN for one in before):
        raise PlanStandsAlready(slug=group_slug)
    last = before[-1] if before else None
    plan = StrategicPlan(
        group_id=group.id,
        number=last.number + 1 if last else 1,
        state=PlanState.DRAFTING,
        created_at=now,
        changed_at=now,
        drafters=[PlanDrafter(organisation_id=one.organisation_id) for one in last.drafters] if last else [],
    )
    db.session.add(plan)
    db.session.flush()
    for position, (key, title, body) in enumerate(_first_chapters(last)):
        _add(plan, key, position, values=ChapterInput(title=title, body=body), actor=actor, now=now)
    access.note("plan.begun", group, actor, now, plan=plan.number)
    return plan.id


@transactional
def add_chapter(*, group_slug: str, values: ChapterInput, actor: Actor, now: datetime) -> int:
    """Add a chapter at the end; gives its id. Raises GroupNotFound, MayNotDraft, PlanNotFound, TitleMissing,
    TooManyChapters, StepNotPossible.
    """
    group = access.drafted(group_slug, actor)
    plan = open_plan(group)
    _check_title(values)
    rows = queries.chapters_of(plan.id)
    if len(rows) >= MOST_CHAPTERS:
        raise TooManyChapters(most=MOST_CHAPTERS)
    position = max((one.position for one in rows), default=-1) + 1
    row = _add(plan, opaque_id(12), position, values=values, actor=actor, now=now)
    typing.forget(actor, plan.id, None)
    access.note("plan.chapter_added", group, actor, now, chapter=row.id)
    return row.id


@transactional
def save_chapter(
    chapter_id: int, *, group_slug: str, revision: int, values: ChapterInput, actor: Actor, now: datetime
) -> Saved:
    """Save a chapter that was read at ``revision``. What others saved since is merged line by line.

    Where both changed the same lines nothing is written: raises ChapterConflict with the revision that stands.
    Every text that was ever saved is kept. Raises also GroupNotFound, MayNotDraft, ChapterNotFound, TitleMissing.
    """
    group = access.drafted(group_slug, actor)
    open_plan(group)
    row = queries.chapter(group.id, chapter_id)
    _check_title(values)
    merged = values
    if revision != row.revision:
        base = queries.chapter_text(row.id, revision)
        if base is None:
            raise ChapterConflict(revision=row.revision, by=row.changed_by)
        title = merging.merge_texts(base.title, values.title, row.title)
        body = merging.merge_texts(base.body, values.body, row.body)
        if title is None or body is None:
            raise ChapterConflict(revision=row.revision, by=row.changed_by)
        merged = ChapterInput(title=title, body=body)
    typing.forget(actor, row.plan_id, row.id)
    if (merged.title, merged.body) == (row.title, row.body):
        return Saved(row.revision, merged != values)
    row.title, row.body, row.revision = merged.title, merged.body, row.revision + 1
    _keep(row, actor, now)
    access.note("plan.chapter_saved", group, actor, now, chapter=row.id, revision=row.revision)
    return Saved(row.revision, merged != values)


@transactional
def move_chapter(chapter_id: int, *, group_slug: str, up: bool, actor: Actor, now: datetime) -> None:
    """Change places with the chapter before or after; at the end nothing happens.

    Raises GroupNotFound, MayNotDraft, ChapterNotFound.
    """
    group = access.drafted(group_slug, actor)
    plan = open_plan(group)
    row = queries.chapter(group.id, chapter_id)
    rows = [one for one in queries.chapters_of(plan.id) if one.removed_at is None]
    place = next((place for place, one in enumerate(rows) if one.id == row.id), None)
    if place is None:
        return
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, one in enumerate(rows):
        one.position = position
    plan.changed_at = now


@transactional
def set_aside(chapter_id: int, *, group_slug: str, is_removed: bool, actor: Actor, now: datetime) -> None:
    """Leave a chapter out of the draft, or bring it back. Raises GroupNotFound, MayNotDraft, ChapterNotFound."""
    group = access.drafted(group_slug, actor)
    plan = open_plan(group)
    row = queries.chapter(group.id, chapter_id)
    row.removed_at = now if is_removed else None
    plan.changed_at = now
    access.note("plan.chapter_set_aside" if is_removed else "plan.chapter_back", group, actor, now, chapter=row.id)


@transactional
def name_drafters(*, group_slug: str, organisation_ids: Collection[int], actor: Actor, now: datetime) -> None:
    """Say which organisations draft the plan; they may write then. Fewer than two countries only delay adoption.

    Raises GroupNotFound, MayNotDecide, PlanNotFound, UnknownChoice.
    """
    group = access.decided(group_slug, actor)
    plan = open_plan(group)
    check_organisations(organisation_ids, field="organisations")
    kept = [one for one in plan.drafters if one.organisation_id in organisation_ids]
    new = set(organisation_ids) - {one.organisation_id for one in kept}
    plan.drafters = [*kept, *(PlanDrafter(organisation_id=one) for one in sorted(new))]
    plan.changed_at = now
    access.note("plan.drafters_named", group, actor, now, organisations=sorted(organisation_ids))


def open_plan(group: ThematicGroup, step: PlanStep = PlanStep.EDIT) -> StrategicPlan:
    """The plan that is written now, held; raises PlanNotFound, StepNotPossible."""
    plan = next((one for one in queries.hold_plans(group.id) if one.state in OPEN), None)
    if plan is None:
        raise PlanNotFound(group=group.slug)
    plans.after(plan.state, step)
    return plan


def _first_chapters(last: StrategicPlan | None) -> list[tuple[str, Texts, Texts]]:
    if last is None:
        return [(opaque_id(12), title, Texts()) for title in USUAL_CHAPTERS]
    return [(one.key, one.title, one.body) for one in queries.chapters_of(last.id) if one.removed_at is None]


def _add(
    plan: StrategicPlan, key: str, position: int, *, values: ChapterInput, actor: Actor, now: datetime
) -> PlanChapter:
    row = PlanChapter(
        plan_id=plan.id, key=key, position=position, title=values.title, body=values.body, revision=1, changed_at=now
    )
    db.session.add(row)
    db.session.flush()
    _keep(row, actor, now)
    plan.changed_at = now
    return row


def _keep(row: PlanChapter, actor: Actor, now: datetime) -> None:
    row.changed_at, row.changed_by = now, actor.name
    db.session.add(
        ChapterText(chapter_id=row.id, revision=row.revision, title=row.title, body=row.body, at=now, by=actor.name)
    )
    db.session.flush()


def _check_title(values: ChapterInput) -> None:
    if not values.title:
        raise TitleMissing(field="title_en")
