"""What the study visit asks of those who are confirmed, and afterwards of those who came."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.demo.queries import people_with_place
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.questions import services
from app.questions.queries import forms_of
from app.questions.rules import FormInput, Purpose, normalise
from app.registration.inputs import GivenAnswer
from app.registration.rules import Place
from app.registration.services import answering

_ASKED_AT = "E4"
_FOLLOW_UP = ("identity", "shoe_size", "dinner", "photo_consent")
_FEEDBACK = ("how_it_was",)
_HAVE_ANSWERED = 9  # of fifteen
_DOCUMENTS = ("identity_card", "passport")


def load_questions(key: str, event_id: int, starts_at: datetime, now: datetime) -> None:
    """Ask, as far as this event asks anything: before the visit for the gate, after it how it was."""
    if key != _ASKED_AT:
        return
    follow_up = FormInput(
        purpose=Purpose.FOLLOW_UP,
        title=Texts(en="Before the visit", it="Prima della visita", de="Vor dem Besuch"),
        introduction=Texts(
            en="The sites let in only those whom they know by name and document.",
            it="I siti fanno entrare solo chi conoscono per nome e documento.",
            de="Die Werke lassen nur ein, wen sie mit Namen und Ausweis kennen.",
        ),
        closes_at=starts_at - timedelta(days=5),
        remind_days_before=3,
    )
    feedback = FormInput(
        purpose=Purpose.FEEDBACK,
        title=Texts(en="How it was", it="Com’è andata", de="Wie es war"),
        opens_at=starts_at,
        closes_at=starts_at + timedelta(days=21),
        remind_days_before=7,
        is_anonymous=True,
    )
    for values, ready in ((follow_up, _FOLLOW_UP), (feedback, _FEEDBACK)):
        form_id = services.add_form(event_id=event_id, values=values, actor=SYSTEM, now=now)
        for name in ready:
            services.add_ready(event_id=event_id, form_id=form_id, ready=name, actor=SYSTEM, now=now)


def load_answers(key: str, event_id: int, now: datetime) -> None:
    """More than half have answered what the gate wants to know; the others will be reminded."""
    if key != _ASKED_AT:
        return
    (form,) = forms_of(event_id, Purpose.FOLLOW_UP)
    for place, person in enumerate(people_with_place(event_id, Place.CONFIRMED)[:_HAVE_ANSWERED]):
        said = _said(place)
        answers = {
            one.id: GivenAnswer(normalise(one, said[one.code]), one.wording_version)
            for one in form.asked
            if one.code in said
        }
        answering.answer(person, form_id=form.id, answers=answers, now=now - timedelta(days=2))


def _said(place: int) -> dict[str, str]:
    return {
        "document_type": _DOCUMENTS[place % 2],
        "document_number": f"DEMO{place:05}",
        "nationality": ("IT", "DE", "AT", "SI")[place % 4],
        "shoe_size": str(38 + place % 8),
        "dinner": "no" if place % 4 == 3 else "yes",
        "photo_consent": "yes" if place % 3 else "no",
    }
