from __future__ import annotations

from collections.abc import Collection

from app.network.actors import Actor


def may_propose(actor: Actor) -> bool:
    """Whoever manages an organisation of the network."""
    return actor.is_administrator or bool(actor.managed_ids)


def may_edit(actor: Actor, organisation_ids: Collection[int]) -> bool:
    """Whoever manages the owner, the proposer or an implementing organisation; ``organisation_ids`` are these."""
    return actor.is_administrator or not actor.managed_ids.isdisjoint(organisation_ids)
