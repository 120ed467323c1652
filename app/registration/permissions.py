"""Who registers others."""

from __future__ import annotations

from app.network.actors import Actor


def may_send_delegation(actor: Actor, organisation_id: int, *, senders: frozenset[int]) -> bool:
    """Whether somebody registers the people of an organisation: its managers, where it may send a delegation at all.

    ``senders`` are the organisations that may: partners of the event's project, those with a part in the event,
    and clusters, which send their members.
    """
    return organisation_id in senders and (actor.is_administrator or organisation_id in actor.managed_ids)
