"""Who writes down, reviews and decides about practices."""

from __future__ import annotations

from dataclasses import dataclass

from app.network.actors import Actor
from app.network.permissions import may_manage_group, may_manage_project
from app.practices.rules.states import Hand
from app.studies.permissions import may_write as may_edit_study

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Whom a practice concerns: its owner, its project with the lead partners, its group, the experts asked.

    ``conductor_ids``: who conducted the study that it came of.
    """

    owner_id: int
    project_id: int | None = None
    lead_ids: frozenset[int] = NOBODY
    group_id: int | None = None
    expert_ids: frozenset[int] = NOBODY
    conductor_ids: frozenset[int] = NOBODY


def may_edit(actor: Actor, owner_id: int) -> bool:
    """Whether somebody may write a practice of this owner: its managers, administrators."""
    return actor.is_administrator or owner_id in actor.managed_ids


def is_editor(actor: Actor, parties: Parties) -> bool:
    """The lead partner of the project, the coordinator of the group; of a practice of no project, who writes it."""
    if parties.group_id and may_manage_group(actor, parties.group_id, parties.lead_ids):
        return True
    if parties.project_id is None:
        return may_edit(actor, parties.owner_id)
    return may_manage_project(actor, parties.lead_ids)


def is_expert(actor: Actor, parties: Parties) -> bool:
    """Who was asked for an opinion and does not belong to the owner."""
    asked = actor.person_id is not None and actor.person_id in parties.expert_ids
    return actor.is_system or (asked and parties.owner_id not in actor.organisation_ids)


def hands_of(actor: Actor, parties: Parties) -> frozenset[Hand]:
    """As what somebody may touch a practice."""
    writes = may_edit(actor, parties.owner_id)
    held = {
        Hand.WRITER: writes,
        Hand.EDITOR: is_editor(actor, parties),
        Hand.EXPERT: is_expert(actor, parties),
        Hand.SOLE: writes and parties.project_id is None,
        Hand.CONDUCTOR: may_edit_study(actor, parties.conductor_ids),
    }
    return frozenset(hand for hand, is_held in held.items() if is_held)


def may_review(actor: Actor, parties: Parties) -> bool:
    """Whether somebody reads a practice before it is published, its comments and versions, and comments on it.

    Its writers and reviewers, and who observes or works in the project.
    """
    in_project = any(project == parties.project_id for project, _role in actor.project_roles)
    return bool(hands_of(actor, parties)) or (parties.project_id is not None and in_project)


def may_write_to(actor: Actor, *, in_community: bool) -> bool:
    """Whether somebody may write to the people of a practice, who are known to members of the community only.

    ``in_community``: one of the actor's organisations takes part in a project or a thematic group.
    """
    return actor.signed_in and (actor.is_administrator or in_community)


def may_set_lengths(actor: Actor, lead_ids: frozenset[int] | None) -> bool:
    """Those of a project are its lead partner's matter; None: those of the installation, an administrator's."""
    return actor.is_administrator if lead_ids is None else may_manage_project(actor, lead_ids)


def may_choose(actor: Actor, author_ids: frozenset[int], lead_ids: frozenset[int]) -> bool:
    """Who says which services of a study are practices, and selects: who conducted it, the lead of its project."""
    return may_edit_study(actor, author_ids) or bool(lead_ids and may_manage_project(actor, lead_ids))
