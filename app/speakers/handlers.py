"""What becomes of answers when an item leaves the agenda and comes back."""

from __future__ import annotations

from app.agenda.facts import ItemCameBack, ItemTakenOff
from app.kernel.facts import on
from app.speakers.services.keeping import lay_answers_by, take_answers_up


@on(ItemTakenOff)
def keep_answers(fact: ItemTakenOff) -> None:
    lay_answers_by(fact.event_id, fact.item_id)


@on(ItemCameBack)
def restore_answers(fact: ItemCameBack) -> None:
    take_answers_up(fact.event_id, fact.item_id, fact.uid)
