"""Who manages events."""

from __future__ import annotations

from app.network.actors import Actor


def may_manage(actor: Actor, organising_ids: frozenset[int]) -> bool:
    """Whether somebody manages an event: administrators, and managers of an organiser or co-organiser."""
    return actor.is_administrator or bool(actor.managed_ids & organising_ids)


def may_create(actor: Actor) -> bool:
    """Whether somebody may plan an event at all; for which organiser, :func:`may_manage` says."""
    return actor.is_administrator or bool(actor.managed_ids)
