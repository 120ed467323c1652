"""Who writes, publishes and moderates."""

from __future__ import annotations

from app.network.actors import Actor


def may_write(actor: Actor, owner_id: int) -> bool:
    """Whether somebody may write for this organisation, and decide on comments there: its managers, administrators."""
    return actor.is_administrator or owner_id in actor.managed_ids
