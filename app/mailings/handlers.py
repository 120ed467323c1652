"""What mailings do when something happens to an event."""

from __future__ import annotations

from app.events import queries as events
from app.events.facts import EventChanged, EventCreated, EventStepTaken
from app.events.rules import Part, Status
from app.kernel.facts import on
from app.mailings import services
from app.mailings.services.copying import copy_mailings


@on(EventCreated)
def lay_drafts(fact: EventCreated) -> None:
    """What the edition wrote that a copy was made from, where that was chosen."""
    if fact.copied_from and Part.REMINDERS in fact.parts:
        now = events.event(fact.event_id).created_at
        copy_mailings(from_id=fact.copied_from, to_id=fact.event_id, now=now)


@on(EventChanged)
def move_reminders(fact: EventChanged) -> None:
    services.follow(fact.event_id)


@on(EventStepTaken)
def keep_step(fact: EventStepTaken) -> None:
    if fact.after in {Status.CALLED_OFF, Status.POSTPONED}:
        now = events.event(fact.event_id).content_changed_at
        services.silence(fact.event_id, status=fact.after, now=now)
    elif fact.after in {Status.PUBLISHED, Status.DRAFT}:
        services.follow(fact.event_id)
    if (fact.before, fact.after) == (Status.DRAFT, Status.PUBLISHED):
        services.propose(fact.event_id)
