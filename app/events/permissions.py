"""Who manages events."""

from __future__ import annotations

from app.events.rules import Audience, Status
from app.network.actors import Actor
from app.network.permissions import may_see_inside


def may_manage(actor: Actor, organising_ids: frozenset[int]) -> bool:
    """Whether somebody manages an event: administrators, and managers of an organiser or co-organiser."""
    return actor.is_administrator or bool(actor.managed_ids & organising_ids)


def may_create(actor: Actor) -> bool:
    """Whether somebody may plan an event at all; for which organiser, :func:`may_manage` says."""
    return actor.is_administrator or bool(actor.managed_ids)


def may_edit_series(actor: Actor, organising_ids: frozenset[int]) -> bool:
    """Whether somebody edits a series: whoever manages one of its editions, whose organisers ``organising_ids`` are.

    One without any edition is everybody's who may plan events.
    """
    return may_manage(actor, organising_ids) if organising_ids else may_create(actor)


def may_see(
    actor: Actor,
    *,
    status: Status,
    audience: Audience,
    organising_ids: frozenset[int],
    partaking_ids: frozenset[int],
    project_id: int | None,
    phase_number: int | None,
) -> bool:
    """Whether somebody may see an event's page.

    A draft is for those who manage it; an internal event also for the organisations with a part in it, for those
    who work on its project and for observers of its phase. Any other event is for everybody who has its address.
    """
    if may_manage(actor, organising_ids):
        return True
    if status is Status.DRAFT:
        return False
    if audience is not Audience.INTERNAL:
        return True
    has_part = bool(actor.organisation_ids & partaking_ids)
    return has_part or (project_id is not None and may_see_inside(actor, project_id, phase_number))
