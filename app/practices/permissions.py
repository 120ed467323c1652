"""Who writes down practices."""

from __future__ import annotations

from app.network.actors import Actor


def may_edit(actor: Actor, owner_id: int) -> bool:
    """Whether somebody may write, publish and take back a practice of this owner: its managers, administrators."""
    return actor.is_administrator or owner_id in actor.managed_ids
