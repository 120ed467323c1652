"""What happens to invitations when something happens to an event."""

from __future__ import annotations

from app.events import queries as events
from app.events.facts import EventStepTaken
from app.events.rules import Status
from app.invitations.services.observers import invite_observers
from app.kernel.facts import on


@on(EventStepTaken)
def invite_by_right(fact: EventStepTaken) -> None:
    if fact.after is Status.PUBLISHED:
        invite_observers(fact.event_id, now=events.event(fact.event_id).content_changed_at)
