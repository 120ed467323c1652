"""The mails of an installation, as their readers find them."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from tests.house import PATIENCE, House

_LINK = re.compile(r"https?://\S+/registrations/\S+")


def mails(house: House, *, to: str = "") -> list[EmailMessage]:
    """Every mail so far, or every one to an address."""
    found = [_read(path) for path in (house.folder / "mail").glob("*.eml")]
    return [mail for mail in found if not to or mail["To"] == to]


def wait_for_mail(house: House, *, to: str, saying: str) -> EmailMessage:
    """The mail to an address in whose text a sentence stands."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for mail in mails(house, to=to):
            if saying in text_of(mail):
                return mail
        time.sleep(0.1)
    raise AssertionError(f"no mail to {to} says {saying!r}: {[mail['Subject'] for mail in mails(house, to=to)]}")


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def calendar_of(mail: EmailMessage) -> tuple[str, str]:
    """The method and the content of the calendar part that clients act on."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return str(part.get_param("method")), part.get_payload(decode=True).decode()  # type: ignore[union-attr]


def link_of(mail: EmailMessage) -> str | None:
    """The path of the link that opens the registration."""
    found = _LINK.search(text_of(mail))
    return urlsplit(found[0]).path if found else None


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[return-value]
