"""Who may change what in the network. Services decide by these; pages hide buttons by them."""

from __future__ import annotations

from app.network.actors import Actor
from app.network.rules import PARTNER_ROLES, WORKING_ROLES, GroupRole


def may_add_organisations(actor: Actor) -> bool:
    """Administrators, and everybody who manages an organisation: events name organisations that nobody entered yet."""
    return actor.is_administrator or bool(actor.managed_ids)


def may_edit_organisation(actor: Actor, organisation_id: int) -> bool:
    return actor.is_administrator or organisation_id in actor.managed_ids


def may_manage_project(actor: Actor, lead_ids: frozenset[int]) -> bool:
    """Administrators and the managers of the lead partner; ``lead_ids`` are the project's lead partners."""
    return actor.is_administrator or bool(actor.managed_ids & lead_ids)


def may_record_share(actor: Actor, lead_ids: frozenset[int], organisation_id: int) -> bool:
    """The lead partner records every share, a partner its own."""
    return may_manage_project(actor, lead_ids) or organisation_id in actor.managed_ids


def may_see_shares(actor: Actor, project_id: int) -> bool:
    """Shares that are not public are for the project's partners; observers and promoters do not see them."""
    return actor.is_administrator or any(
        project == project_id and role in PARTNER_ROLES for project, role in actor.project_roles
    )


def has_role_in(actor: Actor, project_id: int) -> bool:
    """Whether a project may hold something for somebody that others do not see."""
    return actor.is_administrator or any(project == project_id for project, _role in actor.project_roles)


def may_see_inside(actor: Actor, project_id: int, phase_number: int | None) -> bool:
    """What a project keeps to itself, of one phase or of none: for those who work on it and for its observers."""
    if any(project == project_id and role in WORKING_ROLES for project, role in actor.project_roles):
        return True
    observed = {phase for project, phase in actor.observed_phases if project == project_id}
    return None in observed or (phase_number is not None and phase_number in observed)


def may_manage_group(actor: Actor, group_id: int, lead_ids: frozenset[int]) -> bool:
    """The group's coordinator and the project's lead partner."""
    return may_manage_project(actor, lead_ids) or (group_id, GroupRole.COORDINATOR) in actor.group_roles
