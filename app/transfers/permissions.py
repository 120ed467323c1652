"""Who declares that an organisation takes a practice up, and who says where a practice came from."""

from __future__ import annotations

from app.network.actors import Actor


def may_declare(actor: Actor, organisation_id: int) -> bool:
    """Members of that organisation, in its name."""
    return actor.is_administrator or organisation_id in actor.organisation_ids


def may_trace(actor: Actor, owner_id: int, author_ids: frozenset[int]) -> bool:
    """Managers of the practice's owner, and of the authors of the study."""
    return actor.is_administrator or bool(actor.managed_ids & (author_ids | {owner_id}))
