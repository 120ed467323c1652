"""Who reads which answers."""

from __future__ import annotations

from app.events.permissions import may_manage
from app.network.actors import Actor
from app.questions.rules import Readers


def may_read(
    actor: Actor,
    readers: Readers,
    *,
    organising_ids: frozenset[int],
    host_ids: frozenset[int] = frozenset(),
    partaking_ids: frozenset[int] = frozenset(),
) -> bool:
    """Whether somebody reads the answers to a question: organisers always, others as the question promises.

    ``host_ids`` are the hosts of the event, ``partaking_ids`` every organisation with a part in it.
    """
    match readers:
        case Readers.ORGANISERS:
            others: frozenset[int] = frozenset()
        case Readers.ORGANISERS_AND_HOST:
            others = host_ids
        case Readers.EVERYBODY_MANAGING:
            others = host_ids | partaking_ids
    return may_manage(actor, organising_ids | others)
