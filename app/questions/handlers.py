from __future__ import annotations

from app.events.facts import EventCreated
from app.events.queries import event as event_of
from app.kernel.facts import on
from app.questions.services.copying import copy_forms


@on(EventCreated)
def take_questions_over(fact: EventCreated) -> None:
    """A copy asks what the edition asked that it was made from."""
    if fact.copied_from:
        copy_forms(from_id=fact.copied_from, to_id=fact.event_id, now=event_of(fact.event_id).created_at)
