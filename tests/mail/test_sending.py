from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy.orm import Session

from app.jobs import queries as jobs
from app.jobs.rules import MAX_ATTEMPTS, retry_delay
from app.jobs.worker import work_off
from app.mail import queries, services
from app.mail.composing import Letter, composes
from app.mail.errors import UnusableAddress
from app.mail.models import MessageState
from app.mail.rules import address_key, message_id
from config import Config
from tests.builders import NOW
from tests.house import free_port

CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Fil\xc3\xb2\r\nEND:VCALENDAR\r\n"
PICTURE = b"\x89PNG\r\n\x1a\n"
TEMPLATES = {
    "mail/trial/subject.txt": "{{ language }}: {{ title }}\n",
    "mail/trial/body.txt": "{{ title }} & {{ public_url }}",
    "mail/trial/body.html": "<p>{{ title }}</p>",
}


@composes("trial")
def compose_trial(context: dict[str, Any], locale: str) -> Letter | None:
    if context.get("is_over"):
        return None
    return Letter(
        values={"title": context.get("title", "Workshop")},
        calendar=CALENDAR if "method" in context else None,
        method=context.get("method"),
        pictures={context["picture"]: PICTURE} if "picture" in context else {},
    )


@pytest.fixture(autouse=True)
def trial_templates(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = ChoiceLoader([DictLoader(TEMPLATES), app.jinja_env.loader])  # type: ignore[list-item]
    monkeypatch.setattr(app.jinja_env, "loader", loader)


def queue(key: str = "trial:1", *, recipient: str = "Ada@filo.example", locale: str = "en", **context: Any) -> None:
    services.queue(
        "trial", recipient=recipient, locale=locale, about="trial:1", dedupe_key=key, now=NOW, **context
    )  # fmt: skip


def state(key: str = "trial:1") -> MessageState:
    message = queries.message(message_id(key))
    assert message is not None
    return message.state


def sent(folder: Path, key: str = "trial:1") -> EmailMessage:
    file = folder / f"{message_id(key)}@filo.example.eml"
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_is_worded_in_the_language_of_its_recipient(app: Flask, database: Session, mail_folder: Path) -> None:
    queue(locale="de")
    assert work_off(app, now=NOW) == 1
    mail = sent(mail_folder)
    assert mail["Subject"] == "de: Workshop"
    assert mail["To"] == "Ada@filo.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Workshop & http://localhost" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert state() is MessageState.SENT


def test_only_we_can_read_the_file(app: Flask, database: Session, mail_folder: Path) -> None:
    queue("trial:mode")
    work_off(app, now=NOW)
    file = mail_folder / f"{message_id('trial:mode')}@filo.example.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [other.suffix for other in mail_folder.iterdir() if other.suffix != ".eml"] == []


def test_an_invitation_stands_in_the_alternative_and_as_a_file(
    app: Flask, database: Session, mail_folder: Path
) -> None:
    queue("trial:calendar", method="REQUEST")
    work_off(app, now=NOW)
    mail = sent(mail_folder, "trial:calendar")
    assert mail.get_content_type() == "multipart/mixed"
    alternative, attachment = mail.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    invitation = list(alternative.iter_parts())[-1]
    assert invitation.get_content_type() == "text/calendar"
    assert invitation["Content-Type"].params == {"method": "REQUEST", "charset": "UTF-8"}
    assert invitation["Content-Disposition"] is None
    assert invitation.get_payload(decode=True) == CALENDAR
    assert (attachment.get_content_type(), attachment.get_filename()) == ("application/ics", "invite.ics")
    assert attachment.get_payload(decode=True) == CALENDAR


def test_what_is_no_longer_true_is_not_sent(app: Flask, database: Session, mail_folder: Path) -> None:
    queue("trial:over", is_over=True)
    work_off(app, now=NOW)
    assert state("trial:over") is MessageState.DROPPED
    assert not (mail_folder / f"{message_id('trial:over')}@filo.example.eml").exists()


def test_the_same_key_is_queued_once(app: Flask, database: Session) -> None:
    queue("trial:twice")
    queue("trial:twice")
    assert work_off(app, now=NOW) == 1
    assert queries.count_recent(address_key("ADA@filo.example "), NOW - timedelta(days=1)) == 1


@pytest.mark.parametrize("address", ["", "ada", "ada@filo.example\r\nBcc: eve@filo.example", "a b@filo.example"])
def test_an_unusable_address_is_refused(database: Session, address: str) -> None:
    with pytest.raises(UnusableAddress):
        queue(recipient=address)


def test_markup_and_line_ends_in_a_title_stay_text(app: Flask, database: Session, mail_folder: Path) -> None:
    queue("trial:hostile", title="<b>Bold</b>\r\nBcc: eve@filo.example")
    work_off(app, now=NOW)
    mail = sent(mail_folder, "trial:hostile")
    assert mail["Bcc"] is None
    assert mail["Subject"] == "en: <b>Bold</b> Bcc: eve@filo.example"
    assert "&lt;b&gt;" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]


class Moody:
    """A mail server that refuses the first ``refusals`` messages with ``answer``."""

    def __init__(self, refusals: int, answer: str = "451 later") -> None:
        self.left, self.answer = refusals, answer
        self.seen: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer.startswith("550"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.seen.append(mail["Message-ID"])
        self.left -= 1
        return self.answer if self.left >= 0 else "250 taken"


@pytest.fixture
def smtp(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    servers: list[Controller] = []

    def start(moody: Moody) -> Moody:
        controller = Controller(moody, hostname="127.0.0.1", port=(port := free_port()))
        controller.start()
        servers.append(controller)
        monkeypatch.setitem(app.config, "FILO", replace(config, mail_url=f"smtp://127.0.0.1:{port}"))
        return moody

    yield start
    for server in servers:
        server.stop()


def test_a_retried_mail_bears_the_same_message_id(app: Flask, database: Session, smtp: Any) -> None:
    server = smtp(Moody(refusals=2))
    queue("trial:moody")
    now = NOW
    for attempt in (1, 2, 3):
        assert work_off(app, now=now) == 1
        assert work_off(app, now=now) == 0, "a failed mail waits before it is tried again"
        now += retry_delay(attempt)
    assert server.seen == [f"<{message_id('trial:moody')}@filo.example>"] * 3
    assert state("trial:moody") is MessageState.SENT


def test_a_mail_that_never_goes_out_becomes_a_dead_letter_and_can_be_tried_again(
    app: Flask, database: Session, smtp: Any
) -> None:
    smtp(Moody(refusals=MAX_ATTEMPTS))
    queue("trial:dead")
    now = NOW
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert state("trial:dead") is MessageState.QUEUED
        work_off(app, now=now)
        now += retry_delay(attempt)
    [dead] = queries.dead_messages()
    assert "451" in (dead.last_error or "")
    assert len(jobs.dead_jobs()) == 1
    services.try_again(dead.message_id, now=now)
    work_off(app, now=now)
    assert state("trial:dead") is MessageState.SENT


def test_a_refused_recipient_is_given_up_at_once(app: Flask, database: Session, smtp: Any) -> None:
    smtp(Moody(refusals=0, answer="550 nobody of this name"))
    queue("trial:unknown")
    work_off(app, now=NOW)
    assert state("trial:unknown") is MessageState.DEAD


def test_a_picture_stands_beside_the_html_and_the_calendar_stays_last(
    app: Flask, database: Session, mail_folder: Path
) -> None:
    queue("trial:picture", method="REQUEST", picture="code@filo.example")
    work_off(app, now=NOW)
    alternative, attachment = sent(mail_folder, "trial:picture").iter_parts()
    plain, related, invitation = alternative.iter_parts()
    page, picture = related.iter_parts()
    assert [one.get_content_type() for one in (plain, page, invitation, attachment)] == [
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert (picture.get_content_type(), picture["Content-ID"]) == ("image/png", "<code@filo.example>")
    assert picture.get_payload(decode=True) == PICTURE
