"""What plans do when the agenda changes, and when an event was held."""

from __future__ import annotations

from app.agenda.facts import ItemCameBack, ItemTakenOff
from app.events.facts import EventStepTaken
from app.events.rules import Status
from app.kernel.facts import on
from app.planning.services.leaving import give_back, keep_what_belongs
from app.planning.services.releasing import mark_of_the_day


@on(ItemTakenOff)
def remember(fact: ItemTakenOff) -> None:
    keep_what_belongs(fact.event_id, fact.item_id)


@on(ItemCameBack)
def restore(fact: ItemCameBack) -> None:
    give_back(fact.event_id, fact.item_id, fact.uid)


@on(EventStepTaken)
def mark_what_was_valid(fact: EventStepTaken) -> None:
    if fact.after is Status.HELD:
        mark_of_the_day(fact.event_id)
