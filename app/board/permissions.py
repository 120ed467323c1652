"""Who posts, answers and changes."""

from __future__ import annotations

from app.network.actors import Actor


def may_post(actor: Actor) -> bool:
    """Whether somebody may post and answer at all: whoever belongs to an organisation, and administrators."""
    return actor.is_administrator or bool(actor.organisation_ids)


def may_speak_for(actor: Actor, organisation_id: int) -> bool:
    """In whose name: organisations that one belongs to today."""
    return actor.is_administrator or organisation_id in actor.organisation_ids


def may_change(actor: Actor, organisation_id: int, account_id: int | None) -> bool:
    """Whoever wrote it while a member, and the managers of the organisation."""
    wrote_it = account_id is not None and account_id == actor.account_id and organisation_id in actor.organisation_ids
    return actor.is_administrator or organisation_id in actor.managed_ids or wrote_it
