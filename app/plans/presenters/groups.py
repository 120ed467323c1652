"""The workspace of a group, and groups side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.kernel.date_words import date_span
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.materials.presenters import MaterialLine
from app.materials.presenters import line as material_line
from app.network.actors import Actor
from app.network.models import Organisation, ThematicGroup
from app.network.rules import GroupRole
from app.plans import permissions
from app.plans.models import GroupDocument, MetaDistrict, PlanAction, StrategicPlan
from app.plans.presenters.actions import ActionsView, actions_view
from app.plans.presenters.consultations import CountryLine, country_lines
from app.plans.presenters.districts import DistrictView, district_view
from app.plans.presenters.plans import PlanView, plan_view, view_of
from app.plans.presenters.words import countries, country
from app.plans.queries import actions, consultations, groups
from app.plans.queries import plans as plan_rows
from app.plans.rules.actions import Progress, progress
from app.plans.rules.districts import DistrictState, Standing
from app.plans.rules.plans import OPEN, JointPlans, PlanState, joint_plans
from app.plans.services.access import circle_of
from app.plans.services.districts import standing_of

MOST_MATERIAL = 10
MOST_ACTIONS = 5


@dataclass(frozen=True, slots=True)
class CountryMembers:
    name: str
    members: tuple[tuple[Organisation, tuple[GroupRole, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """``inside``: whether whoever looks sees what is for members; ``waits``: words and addresses, theirs alone."""

    group: ThematicGroup
    coordinators: list[Organisation]
    supporting: list[Organisation]
    by_country: list[CountryMembers]
    by_type: list[tuple[str, int]]
    missing_countries: list[str]
    plan: PlanView
    district: DistrictView | None
    actions: ActionsView
    documents: list[GroupDocument]
    material: list[tuple[MaterialLine, Wording]]  # and the event
    waits: list[tuple[str, str]]
    inside: bool
    may_draft: bool
    may_decide: bool
    most_actions: int = MOST_ACTIONS


def workspace(group: ThematicGroup, actor: Actor, now: datetime) -> Workspace:
    """Needs the group's roles with their organisations."""
    circle = circle_of(group)
    inside = permissions.may_look_in(actor, circle)
    rows = actions.actions_of(group.id)
    shown_actions = actions_view(rows, now.date())
    found = groups.find_district(group.id)
    district = district_view(found, standing_of(found, now.date()), now.date()) if found else None
    plan = plan_view(group.id)
    may_draft, may_decide = permissions.may_draft(actor, circle), permissions.may_decide(actor, circle)
    return Workspace(
        group=group,
        coordinators=_with(group, GroupRole.COORDINATOR),
        supporting=_with(group, GroupRole.SUPPORTING_BODY),
        by_country=_by_country(group),
        by_type=_by_type(group),
        missing_countries=_missing(group),
        plan=plan,
        district=district,
        actions=shown_actions,
        documents=[one for one in groups.documents_of(group.id) if inside or one.is_public],
        material=[
            (material_line(one), one.event.title.wording(language()))
            for one in groups.public_material(group.id, limit=MOST_MATERIAL)
        ],
        waits=_waits(group, plan, shown_actions, district, actor) if inside else [],
        inside=inside,
        may_draft=may_draft,
        may_decide=may_decide,
    )


@dataclass(frozen=True, slots=True)
class PlanLine:
    slug: str
    name: Wording
    plan: PlanView
    district: DistrictState | None


def plan_lines(rows: Sequence[ThematicGroup]) -> list[PlanLine]:
    """Groups with the state of plan and meta-district, for everybody."""
    ids = [one.id for one in rows]
    plans, districts = plan_rows.plans_of_groups(ids), groups.districts_of(ids)
    return [
        PlanLine(
            slug=one.slug,
            name=one.name.wording(language()),
            plan=view_of([plan for plan in plans if plan.group_id == one.id]),
            district=districts[one.id].state if one.id in districts else None,
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupColumn:
    """A group among others: ``answers`` of the newest consultation about the open plan, None where nobody was asked."""

    slug: str
    name: Wording
    coordinator: str
    countries: list[str]
    missing_countries: list[str]
    members: int
    coming: int
    over: int
    next_event: tuple[str, str, str] | None  # slug, title, day
    plan: PlanView
    answers: tuple[CountryLine, ...] | None
    actions: Progress
    district: DistrictView | None

    @property
    def silent(self) -> list[str]:
        return [one.name for one in self.answers or () if one.is_silent]


@dataclass(frozen=True, slots=True)
class Overview:
    """``plans``: RCO83 and RCR79 of these groups."""

    columns: list[GroupColumn]
    plans: JointPlans


def overview(rows: Sequence[ThematicGroup], now: datetime) -> Overview:
    """Several groups side by side, in as many queries as for one."""
    ids = [one.id for one in rows]
    plans = plan_rows.plans_of_groups(ids)
    by_plan = consultations.comments_by_country([one.id for one in plans])
    consulted = consultations.consulted_groups(ids)
    todo = actions.actions_of_groups(ids)
    counts, districts = groups.events_of_groups(ids, now), groups.districts_of(ids)
    coming: dict[int, tuple[str, str, str]] = {}
    for row in groups.next_events(ids, now):
        day = date_span(row.starts_at, row.starts_at, row.timezone)
        coming.setdefault(row.group_id, (row.slug, row.title.wording(language()).text, day))
    columns = [
        _column(
            one,
            plans=[plan for plan in plans if plan.group_id == one.id],
            comments=by_plan,
            was_consulted=one.id in consulted,
            todo=[action for action in todo if action.group_id == one.id],
            events=counts.get(one.id, (0, 0)),
            next_event=coming.get(one.id),
            district=districts.get(one.id),
            today=now.date(),
        )
        for one in rows
    ]
    return Overview(columns, joint_plans(plan_rows.for_indicators(plans)))


def _column(
    group: ThematicGroup,
    *,
    plans: Sequence[StrategicPlan],
    comments: dict[int, dict[str, int]],
    was_consulted: bool,
    todo: Sequence[PlanAction],
    events: tuple[int, int],
    next_event: tuple[str, str, str] | None,
    district: MetaDistrict | None,
    today: date,
) -> GroupColumn:
    done = progress(((one.state, one.due) for one in todo), today)
    coordinator = next(iter(_with(group, GroupRole.COORDINATOR)), None)
    written = next((one.id for one in plans if one.state in OPEN and one.id in comments), None)
    standing = Standing(
        countries=frozenset(one.organisation.country_code for one in district.members) if district else frozenset(),
        was_consulted=was_consulted,
        is_adopted=any(one.state is PlanState.ADOPTED for one in plans),
        actions=done,
    )
    codes = [
        code for _id, code in sorted({(one.organisation_id, one.organisation.country_code) for one in group.roles})
    ]
    return GroupColumn(
        slug=group.slug,
        name=group.name.wording(language()),
        coordinator=coordinator.name if coordinator else "",
        countries=countries(codes),
        missing_countries=_missing(group),
        members=len(codes),
        coming=events[0],
        over=events[1],
        next_event=next_event,
        plan=view_of(plans),
        answers=country_lines(codes, Counter(comments[written]).elements()) if written is not None else None,
        actions=done,
        district=district_view(district, standing, today) if district else None,
    )


def _with(group: ThematicGroup, role: GroupRole) -> list[Organisation]:
    return [one.organisation for one in group.roles if one.role is role]


def _by_country(group: ThematicGroup) -> list[CountryMembers]:
    roles: dict[int, list[GroupRole]] = {}
    members: dict[int, Organisation] = {}
    for row in group.roles:
        roles.setdefault(row.organisation_id, []).append(row.role)
        members[row.organisation_id] = row.organisation
    by_country: dict[str, list[Organisation]] = {}
    for one in sorted(members.values(), key=lambda one: one.name.casefold()):
        by_country.setdefault(country(one.country_code), []).append(one)
    return [
        CountryMembers(name, tuple((one, tuple(sorted(roles[one.id], key=list(GroupRole).index))) for one in found))
        for name, found in sorted(by_country.items())
    ]


def _by_type(group: ThematicGroup) -> list[tuple[str, int]]:
    found = Counter(kind for _id, kind in groups.member_types({one.organisation_id for one in group.roles}))
    return [(say(kind), count) for kind, count in found.most_common()]


def _missing(group: ThematicGroup) -> list[str]:
    """Countries of the project from which nobody takes part: seen before anyone complains."""
    present = {one.organisation.country_code for one in group.roles}
    return countries(one.code for one in group.project.countries if one.code not in present)


def _waits(
    group: ThematicGroup,
    plan: PlanView,
    shown: ActionsView,
    district: DistrictView | None,
    actor: Actor,
) -> list[tuple[str, str]]:
    base = f"/groups/{group.slug}"
    found: list[tuple[str, str]] = []
    if plan.open and plan.open.state is PlanState.CONSULTATION:
        words = _("Version %(number)s is in consultation: read it and comment", number=plan.versions[0].number)
        found.append((words, f"{base}/plan/consultation"))
    overdue = [one for one in shown.open if one.is_overdue]
    if overdue:
        words = ngettext("%(num)d action is overdue", "%(num)d actions are overdue", len(overdue))
        found.append((words, f"{base}/actions"))
    own = [one for one in shown.open if one.owner_id in actor.organisation_ids and not one.is_overdue]
    if own:
        words = ngettext("%(num)d action is yours to do", "%(num)d actions are yours to do", len(own))
        found.append((words, f"{base}/actions"))
    if district and district.proposes:
        found.append((_("Everything is reached. Is the meta-district established?"), f"{base}/meta-district"))
    return found
