"""What the study visit asks of those who are confirmed, and afterwards of those who came."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.questions import services
from app.questions.rules import FormInput, Purpose

_ASKED_AT = "E4"
_FOLLOW_UP = ("identity", "shoe_size", "dinner", "photo_consent")
_FEEDBACK = ("how_it_was",)


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
