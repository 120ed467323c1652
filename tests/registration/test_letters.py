"""What the mails about registrations say, word for word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda import services as agenda
from app.agenda.models import AgendaItem
from app.events.models import Event
from app.events.rules import Format, Status
from app.jobs.worker import work_off
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.composing import composer_of
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.printing import check_in_picture
from app.questions.rules import Purpose
from app.registration import links, queries
from app.registration.models import Registration, RegistrationChange
from app.registration.rules import Place, Verb
from app.registration.services import item_places
from tests.approving import check_approved
from tests.builders import NOW, make_event, make_organisation
from tests.registration.asking import ask, question, table
from tests.registration.helpers import join

STARTS = datetime(2099, 3, 11, 8, 30, tzinfo=UTC)
# each mail of registration, and the place and status at which it is written
LETTERS: dict[str, tuple[Place, Status]] = {
    "registration_confirmed": (Place.CONFIRMED, Status.PUBLISHED),
    "registration_promoted": (Place.CONFIRMED, Status.PUBLISHED),
    "registration_waitlisted": (Place.WAITLISTED, Status.PUBLISHED),
    "registration_unverified": (Place.UNVERIFIED, Status.PUBLISHED),
    "registration_pending": (Place.PENDING, Status.PUBLISHED),
    "registration_rejected": (Place.REJECTED, Status.PUBLISHED),
    "registration_offered": (Place.OFFERED, Status.PUBLISHED),
    "registration_offer_expired": (Place.OFFER_EXPIRED, Status.PUBLISHED),
    "registration_withdrawn": (Place.WITHDRAWN, Status.PUBLISHED),
    "registration_removed": (Place.CANCELLED_BY_ORGANISER, Status.PUBLISHED),
    "registration_known": (Place.CONFIRMED, Status.PUBLISHED),
    "registration_items_changed": (Place.CONFIRMED, Status.PUBLISHED),
    "registration_form_reminder": (Place.CONFIRMED, Status.PUBLISHED),
    "registration_handed_over": (Place.CONFIRMED, Status.PUBLISHED),
    "event_changed": (Place.CONFIRMED, Status.PUBLISHED),
    "event_postponed": (Place.CONFIRMED, Status.POSTPONED),
    "event_called_off": (Place.CONFIRMED, Status.CALLED_OFF),
}
WITH_REASON = {Place.REJECTED: Verb.REJECT, Place.CANCELLED_BY_ORGANISER: Verb.REMOVE}


@pytest.fixture
def event(database: Session) -> Event:
    return make_event(
        "From needs to pilots",
        slug="from-needs-to-pilots",
        uid="pilots@filo.example",
        starts_at=STARTS,
        organiser=make_organisation("Hub Innovazione Trentino"),
        contact_email="office@filo.example",
        online_url="https://meet.example/secret",
        policy={"most_companions": 1, "rejection_text": Texts(en="There are more of you than we have places for.")},
    )


@pytest.fixture
def form_id(event: Event) -> int:
    closes_at = STARTS - timedelta(days=9)
    return ask(event, question(required=True), purpose=Purpose.FOLLOW_UP, closes_at=closes_at)[0]


@pytest.fixture
def registration(event: Event, form_id: int) -> Registration:
    item_id = table(event, "Table of agrifood")
    found = join(event.id, "ada")
    item_places.choose(found.id, item_ids=[item_id], now=NOW)
    row = db.session.get_one(Registration, found.id, populate_existing=True)
    row.public_id, row.seats = "abcdefghjkmnpqrstuvwxy", 2
    row.offer_expires_at = STARTS - timedelta(days=3)
    db.session.commit()
    return row


def wording(name: str, context: dict[str, Any], locale: str) -> str:
    worded = _word(Message(name=name, locale=locale, context=context), "http://filo.example")
    assert worded, name
    return f"Subject: {worded.subject}\n\n{worded.text}"


@pytest.mark.parametrize("name", LETTERS)
def test_mails_say_what_was_approved(
    app: Flask, event: Event, registration: Registration, form_id: int, name: str
) -> None:
    """demand 20: every mail names day, time and place, and a rejection the organiser's own words.

    APPROVE=1 in the environment writes them anew; look at the difference before it is committed.
    """
    registration.place, event.status = LETTERS[name]
    event.status_reason = "Snow on the pass." if event.status is not Status.PUBLISHED else None
    if verb := WITH_REASON.get(registration.place):
        db.session.add(_change(registration, verb))
    db.session.commit()
    context = {
        "registration_id": registration.id,
        "form_id": form_id,
        "why": "moved",
        "former_name": "Eva Former",
        "email": "eva@company.example",
        "invitation_sequence": 3,
    }
    english = wording(name, context, "en")
    assert "11 March 2099" in english
    assert ("meet.example" in english) is (registration.place is Place.CONFIRMED and name != "registration_handed_over")
    for locale in LANGUAGE_NAMES:
        said = wording(name, context, locale).replace(f"/forms/{form_id}", "/forms/1")
        check_approved(f"mails/{name}.{locale}", said)


@pytest.mark.parametrize("place", [Place.CONFIRMED, Place.WAITLISTED, Place.PENDING, Place.UNVERIFIED], ids=str)
def test_whom_a_delegation_registered_reads_by_whom_and_how_to_leave(
    app: Flask, event: Event, registration: Registration, form_id: int, place: Place
) -> None:
    registration.place, registration.delegation_id = place, make_organisation("Cluster of Mechatronics").id
    db.session.commit()
    name = f"registration_{place}"
    for locale in LANGUAGE_NAMES:
        said = wording(name, {"registration_id": registration.id}, locale).replace(f"/forms/{form_id}", "/forms/1")
        assert "/events/from-needs-to-pilots/privacy" in said
        assert (f"{links.url(registration)}#leave" in said) is (place is not Place.UNVERIFIED)
        check_approved(f"mails/{name}.sent.{locale}", said)


def _change(registration: Registration, verb: Verb) -> RegistrationChange:
    return RegistrationChange(
        registration_id=registration.id,
        at=NOW,
        verb=verb,
        before=Place.PENDING,
        after=registration.place,
        reason="Only one person of each company can come.",
    )


def test_no_mail_of_registration_is_without_an_approved_text() -> None:
    folders = {one.name for one in (Path(__file__).parents[2] / "templates" / "mail").glob("registration_*")}
    assert folders <= set(LETTERS)
    assert all(composer_of(name) for name in LETTERS)


def test_a_waiting_list_that_asks_first_says_so(app: Flask, event: Event, registration: Registration) -> None:
    registration.place = Place.WAITLISTED
    queries.policy_of(event.id).offer_hours = 12
    db.session.commit()
    said = wording("registration_waitlisted", {"registration_id": registration.id}, "en")
    assert "we offer it by mail" in said
    assert "You need not do anything" not in said


def test_only_those_who_signed_up_learn_that_a_part_moved(app: Flask, event: Event, registration: Registration) -> None:
    join(event.id, "max")
    item = db.session.scalars(select(AgendaItem)).one()
    agenda.move_all(event_id=event.id, day=0, from_minute=item.start_minute, minutes=30, actor=SYSTEM, now=NOW)
    for _ in range(2):
        work_off(app, now=datetime(2099, 1, 1, tzinfo=UTC))
    told = db.session.scalars(select(Message).where(Message.name == "registration_items_changed")).all()
    assert [(one.recipient, one.context["why"]) for one in told] == [("ada@company.example", "moved")]
    assert "10:30–11:30" in wording("registration_items_changed", dict(told[0].context), "en")


def test_an_address_that_was_typed_again_can_still_be_proved(
    app: Flask, event: Event, registration: Registration
) -> None:
    registration.place = Place.UNVERIFIED
    db.session.commit()
    said = wording("registration_known", {"registration_id": registration.id}, "en")
    assert links.proof(registration) in said
    assert links.token(registration) not in said


def test_a_colleague_reads_who_gave_the_place(app: Flask, event: Event, registration: Registration) -> None:
    db.session.add(_change(registration, Verb.HAND_OVER))
    db.session.commit()
    said = wording("registration_confirmed", {"registration_id": registration.id}, "en")
    assert "A colleague handed this place over to you" in said
    assert "because a colleague gave you a place" in said


def test_the_mail_of_a_place_carries_the_code_for_the_door(
    app: Flask, event: Event, registration: Registration
) -> None:
    letter = Message(name="registration_confirmed", locale="en", context={"registration_id": registration.id})
    worded = _word(letter, "http://filo.example")
    assert worded
    assert worded.pictures == {"check-in@filo.example": check_in_picture(registration.public_id)}
    assert 'src="cid:check-in@filo.example" alt="Your code for check-in' in worded.html
    event.format = Format.ONLINE
    db.session.commit()
    without = _word(letter, "http://filo.example")
    assert without
    assert not without.pictures
    assert "cid:" not in without.html
