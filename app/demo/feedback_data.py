"""What those who were on a study visit said afterwards: enough for a summary, without anybody's name."""

from __future__ import annotations

from datetime import timedelta

from app.demo.queries import people_with_place
from app.events import queries as events
from app.feedback import services
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.questions import services as questions
from app.questions.queries import form as form_of
from app.questions.rules import FormInput, Purpose
from app.registration.rules import Place

EVENT = "E5"
SAID = (
    (5, "Der Rundgang durch das Labor.", "Mehr Zeit für Fragen."),
    (4, "I racconti delle tre start-up.", None),
    (5, None, None),
    (3, "The lunch: I found a partner there.", "Start later, the first train is full."),
    (4, "Tracce di collaborazione molto concrete.", None),
    (5, "The open lab.", "A second day."),
)


def load_feedback(key: str, event_id: int) -> None:
    """Ask those who were there; six have answered already, and the others still can."""
    if key != EVENT:
        return
    event = events.event(event_id)
    values = FormInput(
        purpose=Purpose.FEEDBACK,
        title=Texts(en="How it was", it="Com’è andata", de="Wie es war"),
        opens_at=event.ends_at,
        closes_at=event.ends_at + timedelta(days=60),
        is_anonymous=True,
    )
    form_id = questions.add_form(event_id=event_id, values=values, actor=SYSTEM, now=event.ends_at)
    questions.add_ready(event_id=event_id, form_id=form_id, ready="how_it_was", actor=SYSTEM, now=event.ends_at)
    services.ask_only_present(
        event_slug=event.slug, form_id=form_id, only_present=True, actor=SYSTEM, now=event.ends_at
    )
    asked = [one.id for one in form_of(event_id, form_id).asked]
    there = people_with_place(event_id, Place.CONFIRMED)
    for person, said in zip(there, SAID, strict=False):
        given = {question: words for question, words in zip(asked, said, strict=True) if words is not None}
        services.answer(person, form_id=form_id, answers=given, now=event.ends_at + timedelta(days=1))
