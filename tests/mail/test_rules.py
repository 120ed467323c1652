from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import rules
from app.mail.envelope import Wording, build
from app.mail.transports import Folder, Smtp, transport_for
from config import ConfigError
from tests.builders import NOW

HOSTILE = st.text(st.one_of(st.sampled_from("\r\n\0\u2028\u2029\u0085\v\f:<>@,\"'= "), st.characters()), max_size=300)
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type"
}  # fmt: skip


@given(subject=HOSTILE, name=HOSTILE)
def test_no_text_becomes_a_header(subject: str, name: str) -> None:
    mime = build(
        Wording(subject=subject, text=name, html=name),
        sender="Filò <filo@filo.example>",
        recipient="ada@filo.example",
        message_id="1@filo.example",
        language="en",
        queued_at=NOW,
    )
    read = message_from_bytes(mime.as_bytes(), policy=policy.default)
    assert set(read.keys()) == HEADERS
    assert len(read.keys()) == len(HEADERS)
    assert read["To"] == "ada@filo.example"


@given(text=HOSTILE)
def test_one_line_is_one_line(text: str) -> None:
    assert len(rules.one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("address", "is_mailable"),
    [
        ("ada@filo.example", True),
        ("ada+trial@müller.example", True),
        ("ada", False),
        ("@filo.example", False),
        ("ada@", False),
        ("ada@filo.example\r\nBcc: eve@filo.example", False),
        ("ada@filo.example\0", False),
        ("ada@filo.example\u2028x", False),
        ("ada@filo\u0085.example", False),
        ("ada@filo.example, eve@filo.example", False),
        ("Ada <ada@filo.example>", False),
        ("a" * 250 + "@filo.example", False),
    ],
)
def test_only_one_plain_address_is_mailable(address: str, is_mailable: bool) -> None:
    assert rules.is_mailable(address) is is_mailable


def test_an_address_is_written_to_five_times_a_day() -> None:
    assert [rules.may_write(count) for count in (0, 4, 5, 100)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.filo.example", Smtp("mail.filo.example", 25)),
        ("smtp://ada:p%40ss@mail.filo.example", Smtp("mail.filo.example", 587, "ada", "p@ss")),
        ("smtps://mail.filo.example", Smtp("mail.filo.example", 465, tls_from_start=True)),
        ("smtp://127.0.0.1:2525", Smtp("127.0.0.1", 2525)),
    ],
)
def test_the_address_of_a_mail_server_is_read(url: str, expected: Smtp) -> None:
    assert transport_for(url) == expected


@pytest.mark.parametrize("url", ["", "mail.filo.example", "http://mail", "smtp://", "smtp://mail:port"])
def test_a_wrong_mail_setting_is_named(url: str) -> None:
    with pytest.raises(ConfigError, match="FILO_MAIL_URL"):
        transport_for(url)


def test_a_folder_may_have_any_name() -> None:
    assert isinstance(transport_for("file:///srv/50% of #1/mail"), Folder)
