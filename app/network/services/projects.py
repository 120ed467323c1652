from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.audit import services as audit
from app.kernel.dates import DatePrecision, RoughDate
from app.kernel.db import db, transactional
from app.network import permissions, queries, rules
from app.network.actors import Actor
from app.network.errors import (
    CoordinatedAlready,
    EndsBeforeStart,
    MayNotEdit,
    NoShareWithoutPart,
    NotItsUnit,
    UnknownChoice,
    UnknownPhase,
)
from app.network.inputs import GroupInput, PhaseInput, ProgrammeInput, ProjectInput, ProjectPart, ShareInput
from app.network.models import GroupRoleRow, Phase, Programme, Project, ProjectRoleRow, ThematicGroup
from app.network.rules import GroupRole
from app.network.services import searching


@transactional
def add_programme(data: ProgrammeInput, *, actor: Actor) -> Programme:
    _check_administrator(actor)
    programme = Programme(
        code=data.code,
        name=data.name,
        period_from=data.period_from,
        period_to=data.period_to,
        fund=data.fund,
        emblem=data.emblem,
        funding_sentence=data.funding_sentence,
        site=data.site,
    )
    db.session.add(programme)
    db.session.flush()
    return programme


@transactional
def add_project(data: ProjectInput, *, actor: Actor, now: datetime, demonstration: bool = False) -> Project:
    """Enter a project; raises MayNotEdit, EndsBeforeStart, UnknownChoice."""
    _check_administrator(actor)
    rules.check_name(data.acronym, field="acronym")
    _check_order(data.starts, data.ends)
    countries = queries.countries(data.country_codes)
    if len(countries) != len(data.country_codes):
        raise UnknownChoice(field="country_codes")
    project = Project(
        slug=data.slug,
        acronym=data.acronym,
        aliases=list(data.aliases),
        title=data.title,
        objectives=data.objectives,
        programme_id=data.programme_id,
        total_budget=data.total_budget,
        eu_contribution=data.eu_contribution,
        countries=list(countries),
        demonstration=demonstration,
        **_rough("starts", data.starts),
        **_rough("ends", data.ends),
    )
    db.session.add(project)
    db.session.flush()
    searching.index_project(project)
    audit.note("project.added", subject=f"project:{project.slug}", account_id=actor.account_id, now=now)
    return project


@transactional
def add_phase(project_id: int, data: PhaseInput, *, actor: Actor) -> Phase:
    _check_may_manage(actor, project_id)
    _check_order(data.starts, data.ends)
    phase = Phase(
        project_id=project_id,
        number=data.number,
        name=data.name,
        goal=data.goal,
        results=data.results,
        **_rough("starts", data.starts),
        **_rough("ends", data.ends),
    )
    db.session.add(phase)
    db.session.flush()
    return phase


@transactional
def add_group(project_id: int, data: GroupInput, *, actor: Actor) -> ThematicGroup:
    """Enter a thematic group of a project, with the sectors that it spans."""
    _check_may_manage(actor, project_id)
    sectors = queries.sectors(data.sector_ids)
    if len(sectors) != len(data.sector_ids):
        raise UnknownChoice(field="sector_ids")
    group = ThematicGroup(
        slug=data.slug,
        project_id=project_id,
        name=data.name,
        aliases=list(data.aliases),
        position=data.position,
        sectors=list(sectors),
        **_rough("launched", data.launched),
    )
    db.session.add(group)
    db.session.flush()
    searching.index_group(group)
    return group


@transactional
def give_project_role(
    project_id: int, organisation_id: int, part: ProjectPart, *, actor: Actor, now: datetime
) -> ProjectRoleRow:
    """Give an organisation a role in a project, besides those that it has, or correct what goes with it.

    Raises MayNotEdit, NotItsUnit, UnknownPhase.
    """
    _check_may_manage(actor, project_id)
    if part.acting_unit_id and queries.organisation(part.acting_unit_id).unit_of_id != organisation_id:
        raise NotItsUnit(field="acting_unit_id")
    if not set(part.phase_numbers) <= queries.phase_numbers(project_id):
        raise UnknownPhase(field="phase_numbers")
    role = queries.find_project_role(project_id, organisation_id, part.role) or ProjectRoleRow(
        project_id=project_id, organisation_id=queries.organisation(organisation_id).id, role=part.role
    )
    role.acting_unit_id = part.acting_unit_id
    role.phase_numbers = sorted(part.phase_numbers)
    role.named_in_application = part.named_in_application
    db.session.add(role)
    db.session.flush()
    _note(actor, now, "role_given", project_id, organisation_id=organisation_id, role=part.role)
    return role


@transactional
def give_group_role(
    group_id: int, organisation_id: int, role: GroupRole, *, actor: Actor, now: datetime
) -> GroupRoleRow:
    """Give an organisation a role in a group; a group has one coordinator. Raises CoordinatedAlready, MayNotEdit."""
    group = queries.group(group_id)
    if not permissions.may_manage_group(actor, group_id, queries.lead_ids(group.project_id)):
        raise MayNotEdit
    if found := queries.find_group_role(group_id, organisation_id, role):
        return found
    if role is GroupRole.COORDINATOR and (coordinator := queries.coordinator(group_id)):
        raise CoordinatedAlready(organisation=coordinator.organisation.name)
    given = GroupRoleRow(group_id=group_id, organisation_id=queries.organisation(organisation_id).id, role=role)
    db.session.add(given)
    db.session.flush()
    _note(actor, now, "group_role_given", group.project_id, organisation_id=organisation_id, role=role)
    return given


@transactional
def record_budget_share(
    project_id: int, organisation_id: int, share: Decimal | None, *, is_public: bool, actor: Actor, now: datetime
) -> None:
    """Record a partner's share in euros, or that it has not been entered; raises MayNotEdit, NoShareWithoutPart."""
    if not permissions.may_record_share(actor, queries.lead_ids(project_id), organisation_id):
        raise MayNotEdit
    role = queries.partner_role(project_id, organisation_id)
    if role is None:
        raise NoShareWithoutPart
    role.budget_share, role.budget_is_public = share, is_public
    _note(actor, now, "share_recorded", project_id, organisation_id=organisation_id, share=str(share))


@transactional
def record_budget_shares(project_id: int, shares: Iterable[ShareInput], *, actor: Actor, now: datetime) -> None:
    """Record several shares at once: all of them or, when one is refused, none."""
    for given in shares:
        record_budget_share(
            project_id, given.organisation_id, given.share, is_public=given.is_public, actor=actor, now=now
        )


def _check_administrator(actor: Actor) -> None:
    if not actor.is_administrator:
        raise MayNotEdit


def _check_may_manage(actor: Actor, project_id: int) -> None:
    if not permissions.may_manage_project(actor, queries.lead_ids(project_id)):
        raise MayNotEdit


def _check_order(starts: RoughDate | None, ends: RoughDate | None) -> None:
    if starts and ends and ends.last < starts.first:
        raise EndsBeforeStart(field="ends")


def _rough(name: str, value: RoughDate | None) -> dict[str, Any]:
    return {
        f"{name}_on": value.first if value else None,
        f"{name}_precision": value.precision if value else DatePrecision.DAY,
    }


def _note(actor: Actor, now: datetime, what: str, project_id: int, **details: object) -> None:
    audit.note(f"project.{what}", subject=f"project:{project_id}", account_id=actor.account_id, now=now, **details)
