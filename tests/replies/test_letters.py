"""What the mails about answers of calendars say, word for word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.mail.models import Message
from app.mail.sending import _word
from app.registration.models import Registration
from app.replies.models import CalendarReply
from app.replies.rules import Outcome, Said
from tests.approving import check_approved
from tests.builders import NOW, make_event
from tests.registration.helpers import join

STARTS = datetime(2099, 3, 11, 8, 30, tzinfo=UTC)
ANSWERS = {
    "reply_proposal": {
        "said": Said.PROPOSED,
        "outcome": Outcome.PASSED_ON,
        "starts_at": STARTS + timedelta(days=1),
        "ends_at": STARTS + timedelta(days=1, hours=4),
        "comment": "On Thursday three of us could come.",
    },
    "reply_not_followed": {"said": Said.ACCEPTED, "outcome": Outcome.OFFER_WAITS, "comment": ""},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_mails_about_answers_say_what_was_approved(app: Flask, database: Session, name: str) -> None:
    event = make_event("Workshop", slug="workshop", starts_at=STARTS, contact_email="office@filo.example")
    registration = join(event.id, "ada")
    row = db.session.get_one(Registration, registration.id, populate_existing=True)
    row.public_id = "abcdefghjkmnpqrstuvwxy"
    reply = CalendarReply(
        registration_id=row.id,
        sequence=0,
        written_at=NOW,
        digest="",
        received_at=NOW,
        attendee="ada@company.example",
        **ANSWERS[name],
    )
    db.session.add(reply)
    db.session.commit()
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=name, locale=locale, context={"reply_id": reply.id}), "http://filo.example")
        assert worded
        text = worded.text.replace(f"/participants/{row.id}", "/participants/1")
        check_approved(f"mails/{name}.{locale}", f"Subject: {worded.subject}\n\n{text}")
