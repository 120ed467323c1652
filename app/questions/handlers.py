from __future__ import annotations

from app.events.facts import EventCreated
from app.events.queries import event as event_of
from app.events.rules import Part
from app.kernel.facts import on
from app.questions.facts import QuestionsChanged
from app.questions.services.copying import copy_forms
from app.questions.services.following import follow_template


@on(EventCreated)
def take_questions_over(fact: EventCreated) -> None:
    """A copy asks what the edition asked that it was made from, where that was chosen."""
    if fact.copied_from and Part.QUESTIONS in fact.parts:
        now = event_of(fact.event_id).created_at
        copy_forms(from_id=fact.copied_from, to_id=fact.event_id, follows=fact.is_regional, now=now)


@on(QuestionsChanged)
def tell_copies(fact: QuestionsChanged) -> None:
    """What is changed by hand goes its own way, and takes the copies along that nobody has opened or changed."""
    if not fact.by_template:
        follow_template(fact.event_id, fact.form_id, is_new=fact.is_new, now=fact.at)
