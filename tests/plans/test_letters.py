"""The mails about an overdue action and a consultation say what was approved."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.kernel import clock
from app.kernel.i18n import LANGUAGE_NAMES
from app.mail.models import Message
from app.mail.sending import _word
from app.plans.inputs import GuestInput
from app.plans.services import acting, asking, consulting
from tests.approving import check_approved
from tests.builders import NOW
from tests.plans.helpers import act, ask, begin, make_scene, publish, put


def test_the_mail_about_an_overdue_action(app: Flask, database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    action = act(make_scene().german, "Agree on a laboratory voucher", days=-3)
    for locale in LANGUAGE_NAMES:
        message = Message(name=acting.OVERDUE, locale=locale, context={"action_id": action})
        worded = _word(message, "http://filo.example")
        assert worded
        check_approved(f"mails/action_overdue.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")


@pytest.mark.parametrize("reader", ["member", "guest", "guest again"])
def test_the_mails_to_who_is_asked_about_a_plan(
    app: Flask, database: Session, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr("app.plans.letters.url", lambda guest: f"http://filo.example/consultations/{guest.name}")
    scene = make_scene()
    begin(scene)
    publish("For the forum")
    context = {"consultation_id": ask(), "reminds": "again" in reader}
    guest = consulting.invite(values=GuestInput(name="Budapest", country_code="HU"), **put())
    context |= {"organisation_id": scene.german.id} if reader == "member" else {"guest_id": guest.id}
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=asking.ASKED, locale=locale, context=context), "http://filo.example")
        assert worded
        told = f"Subject: {worded.subject}\n\n{worded.text}"
        name = "_".join(["plan_consultation", *reader.split()]).removesuffix("_member")
        check_approved(f"mails/{name}.{locale}", told)
