"""What feedback does when an event is copied."""

from __future__ import annotations

from app.events.facts import EventCreated
from app.events.rules import Part
from app.feedback.services import copy_audiences
from app.kernel.facts import on


@on(EventCreated)
def take_audiences_over(fact: EventCreated) -> None:
    """A copied form asks those who were there, if its original did; it came along with the questions."""
    if fact.copied_from and Part.QUESTIONS in fact.parts:
        copy_audiences(from_id=fact.copied_from, to_id=fact.event_id)
