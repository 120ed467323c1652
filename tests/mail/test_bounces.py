"""Mails that come back: a real mail server refuses them, a real IMAP server holds the reports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from mailbox import Maildir
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.jobs.worker import work_off
from app.kernel.db import db
from app.mail import queries, services, verp
from app.mail.inboxes import PORTION, inbox_for
from app.mail.models import AddressState, BounceKind, InboxMail, Message, MessageState
from app.mail.reading import read_inbox
from app.mail.recognising import Arrival, _recognisers, recognises
from app.mail.reports import kind_of, said_at
from app.mail.rules import message_id
from config import Config, ConfigError
from tests.builders import NOW
from tests.house import free_port
from tests.mail.dovecot import Dovecot
from tests.mail.reports import report
from tests.mail.test_sending import queue, state, trial_templates  # noqa: F401 (a fixture)
from tests.tables import copy_tables

ADA = "ada@company.example"
BASE = "bounces@filo.example"


def send(app: Flask, key: str = "bounce:1", recipient: str = ADA) -> Message:
    queue(key, recipient=recipient)
    work_off(app, now=NOW)
    message = queries.message(message_id(key))
    assert message
    return message


def signed(config: Config, message: Message) -> str:
    return verp.return_path(BASE, message.id, config.secret_key)


def against(address: str = ADA) -> AddressState | None:
    return db.session.get(AddressState, address, populate_existing=True)


# what a status says


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", BounceKind.HARD),
        ("5.1.10", BounceKind.HARD),
        ("5.0.0", BounceKind.HARD),
        ("5.2.1", BounceKind.HARD),
        ("5.4.4", BounceKind.HARD),
        ("5.2.2", BounceKind.SOFT),  # mailbox full
        ("5.3.4", BounceKind.SOFT),  # too big
        ("5.7.1", BounceKind.SOFT),  # refused as spam: the address exists
        ("4.4.1", BounceKind.SOFT),
        ("", BounceKind.SOFT),
    ],
)
def test_only_what_speaks_against_the_address_is_hard(status: str, kind: BounceKind) -> None:
    assert kind_of(status) is kind


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("Wed, 13 Jan 2027 12:00:00 +0100", datetime(2027, 1, 13, 11, 0, tzinfo=UTC)),
        ("Wed, 13 Jan 2027 01:00:00 -0930", datetime(2027, 1, 13, 10, 30, tzinfo=UTC)),
        ("Wed, 13 Jan 2027 11:00:00 -0000", datetime(2027, 1, 13, 11, 0, tzinfo=UTC)),
        ("13 Jan 2027 06:00:00 EST", datetime(2027, 1, 13, 11, 0, tzinfo=UTC)),
        ("Wed, 13 Jan 2027 23:00:00 -0800", NOW),  # not yet
        ("yesterday", NOW),
        ("", NOW),
    ],
)
def test_the_time_of_a_report_is_read_in_its_zone(date: str, said: datetime) -> None:
    mail = EmailMessage()
    if date:
        mail = message_from_bytes(f"Date: {date}\n\n".encode(), policy=policy.default)  # type: ignore[assignment]
    assert said_at(mail, NOW) == said


# who is believed


def test_the_signed_address_says_which_mail_came_back(app: Flask, config: Config, database: Session) -> None:
    message = send(app)
    assert services.take_in(report("r1", to=signed(config, message), recipient="forwarded@else.example"), now=NOW)
    found = against()
    assert found
    assert (found.kind, found.count, found.bounced_at) == (BounceKind.HARD, 1, NOW)
    assert "No such user" in found.diagnostic
    assert state("bounce:1") is MessageState.BOUNCED


def test_servers_may_change_the_case_of_the_signed_address(app: Flask, config: Config, database: Session) -> None:
    assert services.take_in(report("r1", to=signed(config, send(app)).upper()), now=NOW)
    assert against()


@pytest.mark.parametrize("only_headers", [True, False])
def test_our_header_in_the_returned_part_says_so_too(
    app: Flask, config: Config, database: Session, only_headers: bool
) -> None:
    token = verp.token(send(app).id, config.secret_key)
    raw = report("r1", returned_headers=f"{verp.HEADER}: {token}", only_headers=only_headers)
    assert services.take_in(raw, now=NOW)
    assert against()


def test_a_returned_message_id_proves_nothing(app: Flask, database: Session) -> None:
    """It stands in every mail, and is made of what others may know."""
    message = send(app)
    assert not services.take_in(
        report("r1", returned_headers=f"Message-ID: <{message.message_id}@filo.example>"), now=NOW
    )
    assert not against()


@pytest.mark.parametrize("change", ["0", "x"])
def test_a_forged_signature_changes_nothing(app: Flask, config: Config, database: Session, change: str) -> None:
    address = signed(config, send(app)).replace("@", f"{change}@").replace("+", "+9", 1)
    assert not services.take_in(report("r1", to=address), now=NOW)
    assert not against()
    assert db.session.query(InboxMail).count() == 0


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_without_a_failure_marks_nobody(app: Flask, config: Config, database: Session, action: str) -> None:
    assert services.take_in(report("r1", to=signed(config, send(app)), action=action), now=NOW)
    assert not against()
    assert state("bounce:1") is MessageState.SENT


def test_the_same_report_counts_once_and_so_does_the_same_mail(app: Flask, config: Config, database: Session) -> None:
    address = signed(config, send(app))
    for key in ("r1", "r1", "r2"):
        assert services.take_in(report(key, to=address), now=NOW)
    found = against()
    assert found
    assert found.count == 1


def test_a_full_mailbox_does_not_undo_what_is_known_of_an_address(
    app: Flask, config: Config, database: Session
) -> None:
    for key, status in (("a", "5.2.2"), ("b", "5.1.1"), ("c", "4.2.2")):
        services.take_in(report(key, to=signed(config, send(app, f"bounce:{key}")), status=status), now=NOW)
    found = against()
    assert found
    assert (found.kind, found.count) == (BounceKind.HARD, 3)
    assert found.diagnostic.startswith("5.1.1")
    assert set(queries.not_arriving([ADA, "eve@company.example"])) == {ADA}
    services.forget_bounces(" ADA@company.example ")
    assert not against()


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Subject: Hello\n\nA reply", report("x", to="<>"), b"a" * 9000])
def test_what_nobody_recognises_leaves_no_trace(database: Session, raw: bytes) -> None:
    assert not services.take_in(raw, now=NOW)
    assert db.session.query(InboxMail).count() == 0


def test_another_room_can_recognise_more(database: Session) -> None:
    seen = []

    @recognises("trial")
    def take(arrival: Arrival) -> bool:
        seen.append(arrival.mail["Subject"])
        return arrival.mail["Subject"] == "Accepted"

    try:
        assert services.take_in(b"Subject: Accepted\nMessage-ID: <1@else.example>\n\n", now=NOW)
        assert services.take_in(b"Subject: Accepted\nMessage-ID: <1@else.example>\n\n", now=NOW)
        assert not services.take_in(b"Subject: Hello\n\n", now=NOW)
    finally:
        del _recognisers["trial"]
    assert seen == ["Accepted", "Hello"]


# a real mail server


class Server:
    def __init__(self, answer: str = "250 OK") -> None:
        self.answer, self.senders = answer, []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.senders.append((envelope.mail_from, envelope.content))
        return "250 OK"


@pytest.fixture
def over_smtp(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Server], None]]:
    running = []

    def start(server: Server) -> None:
        port = free_port()
        running.append(Controller(server, hostname="127.0.0.1", port=port))
        running[-1].start()
        monkeypatch.setitem(
            app.config, "FILO", replace(config, mail_url=f"smtp://127.0.0.1:{port}", bounce_address=BASE)
        )

    yield start
    for controller in running:
        controller.stop()


def test_a_mail_leaves_with_a_signed_return_path(
    app: Flask, config: Config, database: Session, over_smtp: Callable[[Server], None]
) -> None:
    server = Server()
    over_smtp(server)
    message = send(app, "bounce:smtp")
    [(sender, content)] = server.senders
    assert sender == signed(config, message)
    assert len(sender.partition("@")[0]) <= 64
    assert b"From: =?utf-8?q?Fil=C3=B2?= <filo@filo.example>" in content
    assert verp.message_in(sender, config.secret_key) == message.id


@pytest.mark.parametrize(
    ("answer", "is_marked"),
    [("550 5.1.1 no such user", True), ("550 5.7.1 relaying denied", False), ("550 no", False)],
)
def test_a_refusal_at_the_door_marks_the_address_only_where_it_is_about_it(
    app: Flask, database: Session, over_smtp: Callable[[Server], None], answer: str, is_marked: bool
) -> None:
    over_smtp(Server(answer))
    refused = send(app, "bounce:refused")
    assert (refused.state, refused.last_error) == (
        MessageState.DEAD,
        f"the mail server refuses the recipient: {answer}",
    )
    assert bool(against()) is is_marked


# a real IMAP server, and a maildir


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    dovecot = Dovecot().start()
    yield dovecot
    dovecot.remove()


@pytest.fixture
def imap(app: Flask, config: Config, server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    server.empty()
    monkeypatch.setitem(app.config, "FILO", replace(config, inbox_url=server.url))
    return server


@pytest.mark.imap
def test_reports_are_read_and_the_rest_is_kept(app: Flask, config: Config, database: Session, imap: Dovecot) -> None:
    imap.deliver(
        report("known", to=signed(config, send(app))),
        b"Subject: A question\r\nMessage-ID: <q@else.example>\r\n\r\nWhere is the hall?\r\n",
        b"Subject: Broken\r\nContent-Type: multipart/report; boundary=\r\n\r\n\xff\xfe",
    )
    read_inbox(NOW)
    assert imap.subjects("INBOX") == []
    assert imap.subjects("Filo.read") == ["Undelivered: known"]
    assert imap.subjects("Filo.unread") == ["A question", "Broken"]
    assert against()
    read_inbox(NOW)
    assert imap.subjects("Filo.unread") == ["A question", "Broken"]


@pytest.mark.imap
def test_an_inbox_is_read_in_portions(app: Flask, config: Config, database: Session, imap: Dovecot) -> None:
    address = signed(config, send(app))
    imap.deliver(*(report(f"r{number:03}", to=address) for number in range(PORTION + 3)))
    read_inbox(NOW)
    assert len(imap.subjects("INBOX")) == 3
    read_inbox(NOW)
    assert imap.subjects("INBOX") == []
    assert len(imap.subjects("Filo.read")) == PORTION + 3


@pytest.mark.imap
def test_what_fails_half_way_is_read_again(
    app: Flask, config: Config, database: Session, imap: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that goes away in the middle, a database that does: the mail in hand stays where it is."""
    imap.deliver(report("first", to=signed(config, send(app))), report("second", to=signed(config, send(app, "b:2"))))
    inbox = inbox_for(imap.url)
    assert inbox

    def judge(raw: bytes) -> bool:
        if b"second" in raw:
            raise OSError
        return services.take_in(raw, now=NOW)

    with pytest.raises(OSError):  # noqa: PT011
        inbox.work_off(judge)
    assert imap.subjects("INBOX") == ["Undelivered: second"]
    read_inbox(NOW)
    assert imap.subjects("Filo.read") == ["Undelivered: first", "Undelivered: second"]


@pytest.mark.imap
def test_a_server_that_is_away_or_says_no_ends_no_worker(
    app: Flask, config: Config, database: Session, imap: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in (imap.url.replace(str(imap.port), str(free_port())), imap.url.replace("%3A", "wrong")):
        monkeypatch.setitem(app.config, "FILO", replace(config, inbox_url=url))
        read_inbox(NOW)


@pytest.mark.imap
def test_two_workers_at_once_count_every_report_once(tmp_path: Path, server: Dovecot) -> None:
    server.empty()
    config = replace(Config.for_tests(tmp_path), inbox_url=server.url)
    copy_tables(tmp_path)
    app = create_app(config)
    with app.app_context():
        numbers = range(20)
        for number in numbers:
            services.queue("nothing", recipient=ADA, locale="en", about="x:1", dedupe_key=f"two:{number}", now=NOW)
            services.mark_sent(message_id(f"two:{number}"), subject="S", now=NOW)
        messages = [queries.message(message_id(f"two:{number}")) for number in numbers]
        addresses = [verp.return_path(BASE, message.id, config.secret_key) for message in messages if message]
        db.session.remove()
    server.deliver(*(report(f"two{number}", to=address) for number, address in enumerate(addresses)))
    start, troubles = threading.Barrier(2), []

    def work() -> None:
        try:
            with app.app_context():
                start.wait(10)
                read_inbox(NOW)
        except Exception as error:
            troubles.append(error)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert troubles == []
    with app.app_context():
        found = against()
        assert found
        assert found.count == 20
        assert db.session.query(InboxMail).count() == 20
        db.session.remove()
        db.engine.dispose()
    assert server.subjects("INBOX") == []
    assert len(set(server.subjects("Filo.read"))) == 20
    assert server.subjects("Filo.unread") == []


def test_a_maildir_is_read_as_well(
    app: Flask, config: Config, database: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "maildir"
    box = Maildir(folder)
    box.add(report("known", to=signed(config, send(app))))
    box.add(b"Subject: A question\n\nWhere?")
    monkeypatch.setitem(app.config, "FILO", replace(config, inbox_url=f"maildir://{folder}"))
    read_inbox(NOW)
    assert len(Maildir(folder)) == 0
    assert [mail["Subject"] for mail in Maildir(folder / ".Filo.read")] == ["Undelivered: known"]
    assert [mail["Subject"] for mail in Maildir(folder / ".Filo.unread")] == ["A question"]
    assert against()
    read_inbox(NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    "url",
    [
        "pop3://a:b@host",
        "imaps://host/INBOX",
        "imap://a:secret@mail.example.org/INBOX",
        "maildir://",
        "imaps://a:b@h:x",
    ],
)
def test_a_wrong_inbox_is_named_without_its_password(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^FILO_INBOX_URL: ") as caught:
        inbox_for(url)
    assert "secret" not in str(caught.value)
