"""Who sees the inside of a group, writes its plan and decides about it."""

from __future__ import annotations

from dataclasses import dataclass

from app.network.actors import Actor
from app.network.permissions import may_manage_group
from app.network.rules import GroupRole, ProjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Whose the group is: its project, the project's lead partners, organisations with a role, those that draft."""

    group_id: int
    project_id: int
    lead_ids: frozenset[int] = frozenset()
    member_ids: frozenset[int] = frozenset()
    drafter_ids: frozenset[int] = frozenset()


def may_decide(actor: Actor, circle: Circle) -> bool:
    """Publish a version, consult, adopt, establish: the coordinator and the project's lead partner."""
    return may_manage_group(actor, circle.group_id, circle.lead_ids)


def may_draft(actor: Actor, circle: Circle) -> bool:
    """Write the draft and the actions: besides those who decide, the supporting body and drafting organisations."""
    return (
        may_decide(actor, circle)
        or (circle.group_id, GroupRole.SUPPORTING_BODY) in actor.group_roles
        or bool(actor.managed_ids & circle.drafter_ids)
    )


def may_look_in(actor: Actor, circle: Circle) -> bool:
    """Read drafts, comments, notes and documents of the members; the exchange coordinator sees every group."""
    return (
        may_draft(actor, circle)
        or may_answer(actor, circle)
        or (circle.project_id, ProjectRole.EXCHANGE_COORDINATOR) in actor.project_roles
    )


def may_answer(actor: Actor, circle: Circle) -> bool:
    """Comment in a consultation: whoever is with an organisation of the group, or with one that drafts."""
    return bool(actor.organisation_ids & (circle.member_ids | circle.drafter_ids))


def may_move_action(actor: Actor, circle: Circle, owner_id: int) -> bool:
    """Say where an action stands: those who write, and the organisation that owns it."""
    return may_draft(actor, circle) or owner_id in actor.managed_ids


def may_overlook(actor: Actor) -> bool:
    """Whether somebody sees groups side by side; administrators see those of every project."""
    return actor.is_administrator or bool(overlooked_projects(actor))


def overlooked_projects(actor: Actor) -> frozenset[int]:
    """The projects whose groups somebody sees side by side: as exchange coordinator or as lead partner."""
    roles = {ProjectRole.EXCHANGE_COORDINATOR, ProjectRole.LEAD_PARTNER}
    return frozenset(project for project, role in actor.project_roles if role in roles)
