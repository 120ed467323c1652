"""Who writes about studies and the services that they found."""

from __future__ import annotations

from app.network.actors import Actor


def may_write(actor: Actor, author_ids: frozenset[int]) -> bool:
    """Managers of one of the author organisations."""
    return actor.is_administrator or bool(actor.managed_ids & author_ids)


def may_begin(actor: Actor) -> bool:
    """Whoever manages an organisation may enter a study of it."""
    return actor.is_administrator or bool(actor.managed_ids)
