"""The entries that go out: one UID, a SEQUENCE that grows, and an organizer who listens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Status
from app.kernel.db import db
from app.mail.composing import composer_of
from app.registration.inputs import Heir
from app.registration.models import Registration
from app.registration.queries import registration_for_mail
from app.registration.reply_addresses import claims_in, is_genuine
from app.registration.services import handing_over, leaving
from config import Config
from tests.builders import NOW, make_event
from tests.registration.helpers import join
from tests.replies.answers import BASE, address_of, event_of


@pytest.fixture
def listening(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Config:
    changed = replace(config, reply_address=BASE)
    monkeypatch.setitem(app.config, "FILO", changed)
    return changed


@pytest.fixture
def ada(database: Session) -> Registration:
    return join(make_event(capacity=1, contact_email="office@filo.example").id, "ada")


def mailed(name: str, registration: Registration, **context: Any) -> Any:
    """The VEVENT of a letter, with its method."""
    letter = composer_of(name)({"registration_id": registration.id, **context}, "en")
    assert letter
    assert letter.calendar
    calendar = Calendar.from_ical(letter.calendar)
    assert calendar["METHOD"] == letter.method
    (event,) = calendar.walk("VEVENT")
    return calendar["METHOD"], event


def test_without_a_reply_address_nobody_is_asked_to_answer(app: Flask, config: Config, ada: Registration) -> None:
    _, entry = mailed("registration_confirmed", ada)
    assert entry["ORGANIZER"] == "mailto:office@filo.example"
    assert (entry["ATTENDEE"].params["RSVP"], entry["ATTENDEE"].params["PARTSTAT"]) == ("FALSE", "ACCEPTED")


def test_whoever_has_a_place_can_answer(listening: Config, ada: Registration) -> None:
    method, entry = mailed("registration_confirmed", ada)
    assert (method, entry["UID"]) == ("REQUEST", event_of(ada).uid)
    assert entry["ORGANIZER"] == f"mailto:{address_of(ada, listening)}"
    assert len(entry["ORGANIZER"].removeprefix("mailto:").partition("@")[0]) <= 64
    assert (entry["ATTENDEE"].params["RSVP"], entry["ATTENDEE"].params["PARTSTAT"]) == ("TRUE", "ACCEPTED")
    assert entry["SEQUENCE"] == event_of(ada).sequence


def test_whoever_waits_is_not_asked(listening: Config, ada: Registration) -> None:
    eve = join(event_of(ada).id, "eve")
    _, entry = mailed("registration_waitlisted", eve)
    assert (entry["ATTENDEE"].params["RSVP"], entry["ATTENDEE"].params["PARTSTAT"]) == ("FALSE", "TENTATIVE")
    leaving.withdraw(ada.id, now=NOW)
    method, promoted = mailed("registration_promoted", eve)
    assert (method, promoted["UID"], promoted["ORGANIZER"]) == ("REQUEST", entry["UID"], entry["ORGANIZER"])
    assert promoted["SEQUENCE"] > entry["SEQUENCE"]


def _withdraw(ada: Registration) -> tuple[str, dict[str, Any]]:
    leaving.withdraw(ada.id, now=NOW)
    return "registration_withdrawn", {}


def _change(ada: Registration) -> tuple[str, dict[str, Any]]:
    _raise(event_of(ada), Status.PUBLISHED)
    return "event_changed", {}


def _call_off(ada: Registration) -> tuple[str, dict[str, Any]]:
    _raise(event_of(ada), Status.CALLED_OFF)
    return "event_called_off", {}


def _hand_over(ada: Registration) -> tuple[str, dict[str, Any]]:
    former = {"email": ada.email, "former_name": "Ada Esempio"}
    heir = Heir(given_name="Eve", family_name="Esempio", email="eve@company.example", locale="en")
    handing_over.hand_over(ada.id, to=heir, now=NOW)
    row = registration_for_mail(ada.id)
    assert row
    return "registration_handed_over", {**former, "invitation_sequence": row.invitation_sequence}


def _raise(event: Event, status: Status) -> None:
    """As the event's own verbs do; see tests/events."""
    event.sequence, event.status, event.status_reason = event.sequence + 1, status, "Snow"
    db.session.commit()


@pytest.mark.parametrize(
    ("happens", "method"),
    [(_withdraw, "CANCEL"), (_change, "REQUEST"), (_call_off, "CANCEL"), (_hand_over, "CANCEL")],
)
def test_what_follows_is_newer_and_about_the_same_entry(
    listening: Config, ada: Registration, happens: Any, method: str
) -> None:
    _, before = mailed("registration_confirmed", ada)
    name, context = happens(ada)
    said, after = mailed(name, ada, **context)
    assert said == method
    assert (after["UID"], after["ORGANIZER"], after["ATTENDEE"]) == (
        before["UID"],
        before["ORGANIZER"],
        before["ATTENDEE"],
    )
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_the_heir_has_another_address_and_the_former_one_is_worth_nothing(listening: Config, ada: Registration) -> None:
    (before,) = claims_in([address_of(ada, listening)])
    _hand_over(ada)
    row = registration_for_mail(ada.id)
    assert row
    assert not is_genuine(before, row.email_key, listening.secret_key)
    assert mailed("registration_confirmed", row)[1]["ORGANIZER"] == f"mailto:{address_of(row, listening)}"
