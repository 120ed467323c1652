"""Who may see which paper."""

from __future__ import annotations

from app.events.permissions import may_manage
from app.network.actors import Actor


def may_see_gate_list(actor: Actor, *, organising_ids: frozenset[int], hosting_ids: frozenset[int]) -> bool:
    """Whether somebody sees names at the gate: who manages the event, and who manages a host or runs the venue."""
    return may_manage(actor, organising_ids) or bool(actor.managed_ids & hosting_ids)
