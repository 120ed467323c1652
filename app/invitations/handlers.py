"""What happens to invitations when something happens to an event."""

from __future__ import annotations

from app.events import queries as events
from app.events.facts import EventCreated, EventStepTaken
from app.events.rules import Part, Status
from app.invitations.services.copying import copy_invited
from app.invitations.services.observers import invite_observers
from app.kernel.facts import on


@on(EventStepTaken)
def invite_by_right(fact: EventStepTaken) -> None:
    if fact.after is Status.PUBLISHED:
        invite_observers(fact.event_id, now=events.event(fact.event_id).content_changed_at)


@on(EventCreated)
def lay_list(fact: EventCreated) -> None:
    """Whom the edition invited that a copy was made from, where that was chosen: a list that is not sent."""
    if fact.copied_from and Part.INVITATIONS in fact.parts:
        copy_invited(from_id=fact.copied_from, to_id=fact.event_id, now=events.event(fact.event_id).created_at)
