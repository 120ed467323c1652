"""What the mails of mailings say, word for word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certificates.models import Certificate
from app.events.models import Event
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.mailings.models import MailingRecipient
from app.mailings.ready import READY
from app.mailings.rules import Audience
from app.materials.models import Material
from app.materials.rules import MaterialKind, Visibility
from app.questions.models import Question, QuestionForm
from app.questions.rules import Kind, Purpose
from app.registration.models import Registration
from tests.approving import check_approved
from tests.builders import NOW, make_event, make_organisation
from tests.mailings.helpers import draft, make_registration, send

BEGAN = datetime(2024, 3, 13, 8, 30, tzinfo=UTC)  # over, so that there are certificates and a form to answer
NEWS = Texts(
    en="Dear {given_name},\n\nthe next edition is planned.",
    it="Gentile {given_name},\n\nè prevista la prossima edizione.",
    de="Guten Tag {given_name},\n\ndie nächste Ausgabe ist geplant.",
)


@pytest.fixture
def event(database: Session) -> Event:
    return make_event(
        "From needs to pilots",
        slug="from-needs-to-pilots",
        starts_at=BEGAN,
        organiser=make_organisation("Hub Innovazione Trentino"),
        contact_email="office@filo.example",
        online_url="https://meet.example/room",
    )


@pytest.fixture
def ada(event: Event) -> Registration:
    return make_registration(event, "ada", public_id="abcdefghjkmnpqrstuvwxy")


def said(mailing_id: int, locale: str) -> str:
    recipient = db.session.scalars(select(MailingRecipient)).one()
    recipient.locale, recipient.public_id = locale, "mnpqrstuvwxyabcdefghjk"
    db.session.commit()
    message = db.session.scalars(select(Message).where(Message.about == f"mailing:{mailing_id}")).one()
    context = {**message.context, "reader": recipient.public_id}
    return wording(Message(name=message.name, locale=locale, context=context))


def wording(message: Message) -> str:
    worded = _word(message, "http://filo.example")
    assert worded
    return f"Subject: {worded.subject}\n\n{worded.text}"


def after_the_event(ada: Registration) -> None:
    """Slides, a certificate and a form that asks how it was."""
    event_id = ada.allotment.event_id
    event = db.session.get_one(Event, event_id)
    slides = Material(
        event_id=event_id,
        public_id="slides",
        kind=MaterialKind.SLIDES,
        title="Slides of the morning",
        language="en",
        url="https://slides.example/1",
        visibility=Visibility.PARTICIPANTS,
        created_at=NOW,
        position=0,
    )
    certificate = Certificate(
        registration_id=ada.id,
        code="ABCDEFGHJKMNPQRS",
        issued_at=NOW,
        name="Ada Esempio",
        organisation="Company Example",
        event_kind=event.kind,
        event_title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        date_precision=event.date_precision,
        place=Texts(en="Rovereto"),
        parts=1,
        organiser="Hub Innovazione Trentino",
        text=Texts(),
        signed_by="",
        programme=Texts(),
        funding_sentence=Texts(),
    )
    rating = Question(
        code="overall", kind=Kind.RATING, label=Texts(en="?"), help=Texts(), purpose=Texts(), required=True, position=0
    )
    form = QuestionForm(
        event_id=event_id,
        purpose=Purpose.FEEDBACK,
        title=Texts(en="How was it"),
        introduction=Texts(),
        is_anonymous=True,
        closes_at=NOW + timedelta(days=30_000),
        questions=[rating],
    )
    db.session.add_all([slides, certificate, form])
    db.session.commit()


@pytest.mark.parametrize("name", READY)
def test_the_texts_that_lie_ready_say_what_was_approved(app: Flask, ada: Registration, name: str) -> None:
    if name == "thank-you":
        after_the_event(ada)
    text = READY[name]
    values = {"subject": text.subject(), "body": text.body(), "audience": Audience.CONFIRMED}
    mailing_id = draft("from-needs-to-pilots", **values)
    send(app, mailing_id)
    for locale in LANGUAGE_NAMES:
        check_approved(f"mailings/mailing.{name}.{locale}", _without_numbers(said(mailing_id, locale)))


@pytest.mark.parametrize(("name", "is_service"), [("mailing", True), ("mailing.unsubscribe", False)])
def test_a_message_says_what_was_approved(app: Flask, ada: Registration, name: str, is_service: bool) -> None:
    """Only what is no service message can be unsubscribed from."""
    subject = Texts(en="News of {event_title}", it="Novità di {event_title}", de="Neues von {event_title}")
    mailing_id = draft("from-needs-to-pilots", subject=subject, body=NEWS, is_service=is_service)
    send(app, mailing_id)
    for locale in LANGUAGE_NAMES:
        text = said(mailing_id, locale)
        assert ("/unsubscribe/" in text) is not is_service
        check_approved(f"mailings/{name}.{locale}", text)


def test_a_trial_says_what_was_approved(app: Flask, ada: Registration) -> None:
    mailing_id = draft("from-needs-to-pilots", body=NEWS)
    for locale in LANGUAGE_NAMES:
        context = {"mailing_id": mailing_id, "as_key": ada.id}
        text = wording(Message(name="mailing_test", locale=locale, context=context))
        check_approved(f"mailings/mailing_test.{locale}", text)


def test_a_sample_shows_what_its_reader_would_get_but_opens_nothing(app: Flask, ada: Registration) -> None:
    after_the_event(ada)
    text = READY["thank-you"]
    mailing_id = draft("from-needs-to-pilots", subject=text.subject(), body=text.body())
    bob = make_registration(ada.allotment.event, "bob")
    for key, lines in ((ada.id, 2), (bob.id, 1), (0, 2)):  # Bob has no certificate; 0 is somebody made up
        said = wording(Message(name="mailing_test", locale="en", context={"mailing_id": mailing_id, "as_key": key}))
        assert said.count("/registrations/…/") == lines
        assert ada.public_id not in said


def _without_numbers(text: str) -> str:
    """The number of the form is another one each time."""
    form = db.session.scalar(select(QuestionForm.id))
    return text.replace(f"/feedback/{form}", "/feedback/1") if form else text
