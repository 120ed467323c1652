"""Every mail that we send was read and approved in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.services import LINK_MAIL
from app.kernel import clock
from app.kernel.i18n import LANGUAGE_NAMES
from app.mail.composing import composer_of
from app.mail.models import Message
from app.mail.sending import _word
from app.personal.services import PROOF_MAIL
from tests.approving import APPROVED, check_approved
from tests.builders import make_account

TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"
SECRET = re.compile(r"(?<=/sign-in/)\S+|(?<=/calendars/)[^/\s]+(?=/proof)")


def test_no_mail_is_without_an_approved_text_in_each_language() -> None:
    names = {one.parent.name for one in TEMPLATES.glob("*/subject.txt")}
    assert all(composer_of(name) for name in names)
    approved = {one.name for one in APPROVED.glob("*/*.txt")}
    assert {f"{name}.{locale}.txt" for name in names for locale in LANGUAGE_NAMES} - approved == set()


@pytest.mark.parametrize("name", [LINK_MAIL, PROOF_MAIL])
def test_links_to_come_in_say_what_was_approved(app: Flask, database: Session, name: str) -> None:
    account = make_account("ada@company.example")
    context = {"asked_at": clock.now().isoformat(), "account_id": account.id, "email": "ada@company.example"}
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=name, locale=locale, context=context), "http://filo.example")
        assert worded
        check_approved(f"mails/{name}.{locale}", SECRET.sub("…", f"Subject: {worded.subject}\n\n{worded.text}"))
