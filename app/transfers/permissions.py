"""Who declares that an organisation takes a practice up."""

from __future__ import annotations

from app.network.actors import Actor


def may_declare(actor: Actor, organisation_id: int) -> bool:
    """Members of that organisation, in its name."""
    return actor.is_administrator or organisation_id in actor.organisation_ids
