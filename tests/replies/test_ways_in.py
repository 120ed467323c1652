"""A real IMAP server, and the command that a mail server pipes mail into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.kernel.db import db
from app.kernel.schema import upgrade_schema
from app.mail.inboxes import LARGEST
from app.mail.reading import read_inbox
from app.registration import queries
from app.registration.rules import Place
from config import Config
from tests.builders import make_event
from tests.commands import run_filo
from tests.mail.dovecot import Dovecot
from tests.registration.helpers import join
from tests.replies.answers import BASE, LATER, answer


@pytest.fixture
def imap() -> Iterator[Dovecot]:
    server = Dovecot().start()
    yield server
    server.remove()


@pytest.mark.imap
def test_answers_are_read_from_an_imap_server(
    app: Flask, config: Config, database: Session, imap: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "FILO", replace(config, inbox_url=imap.url))
    event = make_event(capacity=1)
    ada, eve = join(event.id, "ada"), join(event.id, "eve")
    imap.deliver(answer("m365", ada, config), answer("apple", ada, config, to=BASE))
    read_inbox(LATER)
    assert [queries.registration(one.id).place for one in (ada, eve)] == [Place.WITHDRAWN, Place.CONFIRMED]
    assert (len(imap.subjects("Filo.read")), len(imap.subjects("Filo.unread"))) == (1, 1)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"FILO_INSTANCE": str(tmp_path), "FILO_SECRET_KEY": "k" * 40, "PATH": os.environ["PATH"]}


def test_a_mail_server_pipes_answers_into_a_command(environment: dict[str, str]) -> None:
    config = Config.from_env(environment)
    app = create_app(config)
    with app.app_context():
        upgrade_schema()
        event = make_event(capacity=1)
        ada, eve = join(event.id, "ada"), join(event.id, "eve")
        raw = answer("gmail", ada, config)
        db.session.remove()
    first = run_filo("mail", "receive", environment=environment, given=raw)
    assert first.returncode == 0
    assert "Dealt with." in first.stderr
    human = b"Subject: Hello\r\n\r\nWhere is the hall?\r\n"
    ignored = run_filo("mail", "receive", environment=environment, given=human)
    assert ignored.returncode == 0
    assert "Nothing that" in ignored.stderr
    with app.app_context():
        places = [queries.registration(one.id).place for one in (ada, eve)]
        db.session.remove()
        db.engine.dispose()
    assert places == [Place.WITHDRAWN, Place.CONFIRMED]


@pytest.mark.parametrize(
    ("changes", "given", "code", "sentence"),
    [
        ({}, b"", 65, "There is no mail"),
        ({}, b"a" * (LARGEST + 1), 65, "too large"),
        ({}, b"Subject: x\n\n", 75, "The database is empty"),
        ({"FILO_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, b"Subject: x\n\n", 75, "cannot be reached"),
        ({"FILO_MAIL_URL": "nonsense"}, b"Subject: x\n\n", 75, "FILO_MAIL_URL"),
    ],
)
def test_a_mail_server_learns_what_to_do_with_it(
    environment: dict[str, str], changes: dict[str, str], given: bytes, code: int, sentence: str
) -> None:
    done = run_filo("mail", "receive", environment=environment | changes, given=given)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
