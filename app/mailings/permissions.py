"""Who writes to many."""

from __future__ import annotations

from app.network.actors import Actor
from app.network.rules import ProjectRole

# whose managers write to all partners of a project and to the members of its groups
WRITING_ROLES = frozenset({ProjectRole.LEAD_PARTNER, ProjectRole.EXCHANGE_COORDINATOR})


def may_write_to_project(actor: Actor, writing_ids: frozenset[int]) -> bool:
    """Administrators, and managers of the lead partner or of the exchange coordinator."""
    return actor.is_administrator or bool(actor.managed_ids & writing_ids)


def may_write_to_group(actor: Actor, writing_ids: frozenset[int], coordinator_ids: frozenset[int]) -> bool:
    """As for its project, and managers of the organisation that coordinates the group."""
    return may_write_to_project(actor, writing_ids | coordinator_ids)
