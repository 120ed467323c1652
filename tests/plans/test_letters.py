"""The mail about an overdue action says what was approved."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.kernel import clock
from app.kernel.i18n import LANGUAGE_NAMES
from app.mail.models import Message
from app.mail.sending import _word
from app.plans.services import acting
from tests.approving import check_approved
from tests.builders import NOW
from tests.plans.helpers import act, make_scene


def test_the_mail_about_an_overdue_action(app: Flask, database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    action = act(make_scene().german, "Agree on a laboratory voucher", days=-3)
    for locale in LANGUAGE_NAMES:
        message = Message(name=acting.OVERDUE, locale=locale, context={"action_id": action})
        worded = _word(message, "http://filo.example")
        assert worded
        check_approved(f"mails/action_overdue.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")
