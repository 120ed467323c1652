"""What the mails say, word for word."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Status
from app.invitations import letters, queries, services
from app.invitations.models import Invitation
from app.invitations.rules import InvitationRole
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from tests.builders import NOW, make_event, make_organisation
from tests.invitations.helpers import invite

APPROVED = Path(__file__).parent.parent / "approved" / "invitations"
STARTS = datetime(2099, 3, 11, 8, 30, tzinfo=UTC)


@pytest.fixture
def event(database: Session) -> Event:
    return make_event(
        "From needs to pilots",
        slug="from-needs-to-pilots",
        uid="pilots@filo.example",
        starts_at=STARTS,
        organiser=make_organisation("Hub Innovazione Trentino"),
        summary=Texts(en="What clusters need, and who has tried it."),
        contact_email="office@filo.example",
        online_url="https://meet.example/secret",
    )


@pytest.fixture
def invitation(event: Event) -> Invitation:
    found = invite(event, role=InvitationRole.SPEAKER, note="Dear Ada,\nwould you open the day?")
    found.public_id = "abcdefghjkmnpqrstuvwxy"
    db.session.commit()
    return found


def wording(name: str, invitation: Invitation, locale: str = "en") -> str:
    message = Message(name=name, locale=locale, context={"invitation_id": invitation.id})
    worded = _word(message, "http://filo.example")
    assert worded
    return f"Subject: {worded.subject}\n\n{worded.text}"


@pytest.mark.parametrize("name", ["invitation", "invitation_reminder", "invitation_declined"])
def test_mails_say_what_was_approved(app: Flask, invitation: Invitation, name: str) -> None:
    """APPROVE=1 in the environment writes them anew; look at the difference before it is committed."""
    if name == "invitation_declined":
        services.decline(invitation.id, now=NOW)
    for locale in LANGUAGE_NAMES:
        said = wording(name, invitation, locale)
        path = APPROVED / f"{name}.{locale}.txt"
        if os.environ.get("APPROVE"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(said)
        assert said == path.read_text()
        assert "secret" not in said


def test_the_entry_keeps_the_day_free_and_asks_no_program(invitation: Invitation) -> None:
    letter = letters.invitation({"invitation_id": invitation.id}, "en")
    assert letter
    assert letter.calendar
    assert letter.method is None
    calendar = Calendar.from_ical(letter.calendar)
    [entry] = calendar.walk("VEVENT")
    assert "METHOD" not in calendar
    assert (entry["UID"], entry["STATUS"], entry["TRANSP"]) == ("pilots@filo.example", "TENTATIVE", "TRANSPARENT")
    assert "ATTENDEE" not in entry
    assert b"secret" not in letter.calendar


@pytest.mark.parametrize("status", [Status.CALLED_OFF, Status.POSTPONED, Status.DRAFT])
def test_a_letter_that_is_no_longer_true_is_not_sent(event: Event, invitation: Invitation, status: Status) -> None:
    db.session.get_one(Event, event.id).status = status
    db.session.commit()
    assert letters.invitation({"invitation_id": invitation.id}, "en") is None


def test_whoever_has_answered_gets_no_reminder(invitation: Invitation) -> None:
    services.mark_accepted(invitation.id, now=NOW)
    assert letters.reminder({"invitation_id": invitation.id}, "en") is None
    assert queries.invitation_for_mail(invitation.id)
