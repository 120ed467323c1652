from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.jobs.worker import work_off
from app.mail import queries, services
from app.mail.models import Message, MessageState
from app.mail.rules import message_id
from tests.builders import NOW, make_account
from tests.signing_in import sign_in, sign_in_administrator

KEY = "sign_in_link:box"


@pytest.fixture
def sent(app: Flask, database: Session) -> str:
    """A mail that went into the folder; gives its id."""
    from app.accounts.services import LINK_MAIL
    from app.kernel import clock

    account = make_account("gino@filo.example")
    services.queue(
        LINK_MAIL,
        recipient="gino@filo.example",
        locale="en",
        about="account:1",
        dedupe_key=KEY,
        now=clock.now(),
        account_id=account.id,
        asked_at=clock.now().isoformat(),
    )
    work_off(app)
    return message_id(KEY)


def put_dead(database: Session, **changes: Any) -> str:
    values = {
        "name": "registration_confirmed",
        "recipient": "<b>gino</b>@filo.example",
        "recipient_key": "gino@filo.example",
        "locale": "en",
        "context": {},
        "message_id": "d" * 40,
        "about": "registration:1",
        "state": MessageState.DEAD,
        "queued_at": NOW,
        "last_error": "451 <script>later</script>",
    }
    message = Message(**values | changes)
    database.add(message)
    database.flush()
    return message.message_id


def test_an_administrator_reads_a_mail(client: FlaskClient, sent: str) -> None:
    sign_in_administrator(client)
    assert "gino@filo.example" in client.get("/manage/mail").text
    page = client.get(f"/manage/mail/{sent}")
    assert page.status_code == 200
    assert "Your link to sign in" in page.text
    assert 'href="http://localhost/sign-in/' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    source = client.get(f"/manage/mail/{sent}.eml")
    assert source.mimetype == "message/rfc822"
    assert source.data.startswith(b"From: ")
    assert "attachment" in source.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["", "/" + "d" * 40, "/" + "d" * 40 + ".eml"])
def test_nobody_else_sees_mails(client: FlaskClient, database: Session, path: str) -> None:
    put_dead(database)
    assert client.get(f"/manage/mail{path}").status_code == 303
    sign_in(client, make_account("gino@filo.example").id)
    assert client.get(f"/manage/mail{path}").status_code == 403


def test_mails_are_found_by_recipient(client: FlaskClient, database: Session, sent: str) -> None:
    sign_in_administrator(client)
    assert sent in client.get("/manage/mail?to=GINO@").text
    assert sent not in client.get("/manage/mail?to=eve").text
    assert sent not in client.get("/manage/mail?to=%25").text
    assert client.get("/manage/mail?page=-1&to=" + "x" * 999).status_code == 200


def test_a_dead_letter_says_why_and_can_be_tried_again(
    client: FlaskClient, app: Flask, database: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    sign_in_administrator(client)
    services.queue("unheard_of", recipient="a@filo.example", locale="en", about="", dedupe_key="dead", now=NOW)
    work_off(app, now=NOW)
    [dead] = queries.dead_messages()
    assert "nobody composes unheard_of" in client.get("/manage/mail").text
    assert client.post(f"/manage/mail/{dead.message_id}/again").status_code == 303
    assert queries.dead_messages() == []
    assert client.post(f"/manage/mail/{dead.message_id}/again").status_code == 404


def test_hostile_reasons_and_addresses_stay_text(client: FlaskClient, database: Session) -> None:
    dead = put_dead(database)
    sign_in_administrator(client)
    for path in ("/manage/mail", f"/manage/mail/{dead}"):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>later" not in page.text
        assert "<b>gino" not in page.text
