"""Publish a version, adopt it, record who else adopts it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.network.models import ThematicGroup
from app.plans.errors import AdoptedInFuture, NothingPublished, NothingToPublish, PlanNotFound
from app.plans.freezing import content_of
from app.plans.models import PlanUptake, PlanVersion, StrategicPlan
from app.plans.queries import consultations
from app.plans.queries import plans as queries
from app.plans.rules import plans
from app.plans.rules.plans import PlanState, PlanStep
from app.plans.services import access
from app.plans.services.choosing import check_organisations
from app.plans.services.districts import agree
from app.plans.services.drafting import open_plan
from app.search import services as search


@transactional
def publish(*, group_slug: str, name: str, note: str = "", actor: Actor, now: datetime) -> int:
    """Freeze the draft as a named version that everybody reads; gives its number.

    Raises GroupNotFound, MayNotDecide, PlanNotFound, StepNotPossible, NothingToPublish.
    """
    group = access.decided(group_slug, actor)
    plan = open_plan(group, PlanStep.PUBLISH)
    content = content_of(one for one in queries.chapters_of(plan.id) if one.removed_at is None)
    last = plan.versions[-1] if plan.versions else None
    if not content or (last and last.content == content):
        raise NothingToPublish(slug=group_slug)
    number = queries.last_number(group.id) + 1
    plan.versions.append(
        PlanVersion(number=number, name=name or str(number), note=note, content=content, published_at=now)
    )
    plan.changed_at = now
    db.session.flush()
    _index(group, plan)
    access.note("plan.version_published", group, actor, now, version=number)
    return number


@transactional
def adopt(*, group_slug: str, organisation_ids: Collection[int], adopted_on: date, actor: Actor, now: datetime) -> None:
    """The newest version holds from now on, adopted by these organisations; the plan before it is superseded.

    A meta-district that is forming moves on. Raises GroupNotFound, MayNotDecide, PlanNotFound, StepNotPossible,
    NothingPublished, NotJoint with fewer than two drafting countries, NobodyAdopts, AdoptedInFuture, UnknownChoice.
    """
    group = access.decided(group_slug, actor)
    plan = open_plan(group, PlanStep.ADOPT)
    plans.check_adoption(
        {one.organisation.country_code for one in plan.drafters},
        has_version=bool(plan.versions),
        adopters=len(organisation_ids),
        on=adopted_on,
        today=now.date(),
    )
    check_organisations(organisation_ids, field="organisations")
    _supersede(group.id, plan)
    consultation = consultations.newest(plan.id)
    if consultation and consultation.closed_at is None:
        consultation.closed_at = now
    plan.state = plans.after(plan.state, PlanStep.ADOPT)
    plan.adopted_on, plan.adopted_number, plan.changed_at = adopted_on, plan.versions[-1].number, now
    plan.uptakes = [PlanUptake(organisation_id=one, adopted_on=adopted_on) for one in sorted(set(organisation_ids))]
    db.session.flush()
    agree(group.id, now=now)
    access.note("plan.adopted", group, actor, now, version=plan.adopted_number, organisations=sorted(organisation_ids))


@transactional
def take_up(*, group_slug: str, organisation_id: int, adopted_on: date, actor: Actor, now: datetime) -> None:
    """One more organisation adopts the plan that holds; saying it again corrects the day.

    Raises GroupNotFound, MayNotDecide, PlanNotFound, UnknownChoice, AdoptedInFuture.
    """
    group = access.decided(group_slug, actor)
    plan = next((one for one in queries.hold_plans(group.id) if one.state is PlanState.ADOPTED), None)
    if plan is None:
        raise PlanNotFound(group=group_slug)
    plans.after(plan.state, PlanStep.TAKE_UP)
    if adopted_on > now.date():
        raise AdoptedInFuture(field="adopted_on")
    check_organisations([organisation_id], field="organisation")
    found = next((one for one in plan.uptakes if one.organisation_id == organisation_id), None)
    if found:
        found.adopted_on = adopted_on
    else:
        plan.uptakes.append(PlanUptake(organisation_id=organisation_id, adopted_on=adopted_on))
    access.note("plan.taken_up", group, actor, now, organisation=organisation_id)


def newest_version(plan: StrategicPlan) -> PlanVersion:
    """Raises NothingPublished."""
    if not plan.versions:
        raise NothingPublished
    return plan.versions[-1]


def _supersede(group_id: int, next_plan: StrategicPlan) -> None:
    for one in queries.plans_of(group_id):
        if one.state is PlanState.ADOPTED and one.id != next_plan.id:
            one.state = plans.after(one.state, PlanStep.SUPERSEDE)
            search.forget("strategic_plan", one.id)
    db.session.flush()  # before the next one holds: a group has one


@transactional
def reindex(plan: StrategicPlan, group: ThematicGroup) -> None:
    """Put the search document anew; only a published plan that was not superseded can be found."""
    if plan.versions and plan.state is not PlanState.SUPERSEDED:
        _index(group, plan)
    else:
        search.forget("strategic_plan", plan.id)


def _index(group: ThematicGroup, plan: StrategicPlan) -> None:
    """The newest version can be found by the group's names and by every word of it."""
    content = plan.versions[-1].content
    texts = [text for one in content for part in ("title", "body") for text in one[part].values()]
    search.index("strategic_plan", plan.id, names=[*group.name.all_words(), *group.aliases], texts=texts)
