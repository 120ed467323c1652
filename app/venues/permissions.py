from __future__ import annotations

from app.network.actors import Actor


def may_manage_venue(actor: Actor, operator_id: int) -> bool:
    """Administrators and the managers of the operator; a venue is entered in the name of who runs it."""
    return actor.is_administrator or operator_id in actor.managed_ids
