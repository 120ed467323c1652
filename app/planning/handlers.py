"""What plans do when the agenda changes, and when an event was held."""

from __future__ import annotations

from app.agenda.facts import ItemTakenOff
from app.events.facts import EventStepTaken
from app.events.rules import Status
from app.kernel.facts import on
from app.planning.services.leaving import keep_sequence
from app.planning.services.releasing import mark_of_the_day


@on(ItemTakenOff)
def remember(fact: ItemTakenOff) -> None:
    keep_sequence(fact.event_id, fact.item_id)


@on(EventStepTaken)
def mark_what_was_valid(fact: EventStepTaken) -> None:
    if fact.after is Status.HELD:
        mark_of_the_day(fact.event_id)
