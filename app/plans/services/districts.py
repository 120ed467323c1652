"""A meta-district: found it, name its members, say where it stands."""

from __future__ import annotations

from datetime import date, datetime

from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.plans.errors import PlanStandsAlready, StepNotPossible, TitleMissing
from app.plans.inputs import DistrictInput
from app.plans.models import DistrictMember, MetaDistrict
from app.plans.queries import actions, consultations, groups
from app.plans.queries import plans as plan_rows
from app.plans.rules import districts as rules
from app.plans.rules.actions import progress
from app.plans.rules.districts import DistrictState, DistrictStep, Standing
from app.plans.rules.plans import PlanState
from app.plans.services import access
from app.plans.services.choosing import check_organisations


@transactional
def found(*, group_slug: str, values: DistrictInput, actor: Actor, now: datetime) -> None:
    """Say that the group is to become a meta-district, by which year and of which organisations.

    Raises GroupNotFound, MayNotDecide, PlanStandsAlready, TitleMissing, YearOutOfRange, UnknownChoice.
    """
    group = access.decided(group_slug, actor)
    if groups.find_district(group.id):
        raise PlanStandsAlready(slug=group_slug)
    row = MetaDistrict(group_id=group.id, state=DistrictState.FORMING, members=[])
    _write(row, values, now)
    db.session.add(row)
    db.session.flush()
    agree(group.id, now=now)
    access.note("district.founded", group, actor, now, year=values.target_year)


@transactional
def change(*, group_slug: str, values: DistrictInput, actor: Actor, now: datetime) -> None:
    """Mend name, year and members. Raises what :func:`found` raises, DistrictNotFound."""
    group = access.decided(group_slug, actor)
    _write(groups.hold_district(group.id), values, now)
    access.note("district.changed", group, actor, now, year=values.target_year)


@transactional
def move(*, group_slug: str, step: str, actor: Actor, now: datetime) -> None:
    """Establish it, let it rest or wake it. Raises GroupNotFound, MayNotDecide, DistrictNotFound, StepNotPossible,
    MilestonesMissing.
    """
    group = access.decided(group_slug, actor)
    row = groups.hold_district(group.id)
    if step not in set(DistrictStep) or step == DistrictStep.AGREE:  # that one follows from the adoption of the plan
        raise StepNotPossible(state=row.state, step=step)
    row.state = rules.after(row.state, DistrictStep(step), standing_of(row, now.date()))
    row.changed_at = now
    if row.state is DistrictState.ESTABLISHED:
        row.established_at = now
    access.note("district.moved", group, actor, now, state=str(row.state))


def agree(group_id: int, *, now: datetime) -> None:
    """Inside a verb: a meta-district that is forming moves on once its group has an adopted plan."""
    row = groups.find_district(group_id)
    if row is None or row.state is not DistrictState.FORMING:
        return
    standing = standing_of(row, now.date())
    if standing.is_adopted:
        row.state, row.changed_at = rules.after(row.state, DistrictStep.AGREE, standing), now


def standing_of(row: MetaDistrict, today: date) -> Standing:
    """What the rules ask about a meta-district."""
    found = actions.actions_of_groups([row.group_id])
    return Standing(
        countries=frozenset(one.organisation.country_code for one in row.members),
        was_consulted=row.group_id in consultations.consulted_groups([row.group_id]),
        is_adopted=any(one.state is PlanState.ADOPTED for one in plan_rows.plans_of(row.group_id)),
        actions=progress(((one.state, one.due) for one in found), today),
    )


def _write(row: MetaDistrict, values: DistrictInput, now: datetime) -> None:
    if not values.name:
        raise TitleMissing(field="name_en")
    rules.check_year(values.target_year)
    check_organisations(values.member_ids, field="members")
    row.name, row.target_year, row.changed_at = values.name, values.target_year, now
    kept = [one for one in row.members if one.organisation_id in values.member_ids]
    new = values.member_ids - {one.organisation_id for one in kept}
    row.members = [*kept, *(DistrictMember(organisation_id=one) for one in sorted(new))]
