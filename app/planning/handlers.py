"""What plans do when the agenda changes, and when an event was held."""

from __future__ import annotations

from app.agenda.facts import ItemTakenOff
from app.kernel.facts import on
from app.planning.services.leaving import keep_sequence


@on(ItemTakenOff)
def remember(fact: ItemTakenOff) -> None:
    keep_sequence(fact.event_id, fact.item_id)
