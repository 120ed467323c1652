"""Words → MIME. Only the standard library's EmailMessage writes headers, and only from single lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from app.mail.rules import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A mail in one language; the subject is one line."""

    subject: str
    text: str
    html: str
    calendar: bytes | None = None
    method: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def build(
    wording: Wording, *, sender: str, recipient: str, message_id: str, language: str, queued_at: datetime
) -> EmailMessage:
    """The message for one recipient. The same arguments make the same headers, so a repeated try is the same mail."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = _address(sender)
    message["To"] = _address(recipient)
    message["Subject"] = one_line(wording.subject)
    message["Date"] = format_datetime(queued_at)
    message["Message-ID"] = f"<{message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in wording.headers.items():
        message[name] = one_line(value)
    message.set_content(_encodable(wording.text), cte="quoted-printable")
    message.add_alternative(_encodable(wording.html), subtype="html", cte="quoted-printable")
    _add_pictures(message, wording.pictures)
    if wording.calendar is not None:
        _add_calendar(message, wording.calendar, wording.method)
    message["Content-Language"] = language  # last: adding parts moves what describes the content into the first one
    return message


def _add_pictures(message: EmailMessage, pictures: Mapping[str, bytes]) -> None:
    """Beside the HTML that shows them, and so before the calendar, which has to be the last of the alternatives."""
    page = message.get_payload(1)
    assert isinstance(page, EmailMessage)  # noqa: S101 (add_alternative made it)
    for content_id, picture in pictures.items():
        page.add_related(picture, maintype="image", subtype="png", cid=f"<{content_id}>", disposition="inline")


def _add_calendar(message: EmailMessage, calendar: bytes, method: str | None) -> None:
    """Buttons appear only for the part inside the alternative; the attachment is for everybody else (RFC 6047)."""
    if method:
        message.add_alternative(
            calendar.decode(), subtype="calendar", cte="base64", params={"method": method, "charset": "UTF-8"}
        )
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    return Address(one_line(name), username=local, domain=_ascii(domain))


def _ascii(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode()
