"""Mails as they were written to a folder, to be read again in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from app.mail.transports import Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMail:
    """What a reader of the mail would see; ``source`` is the whole .eml."""

    subject: str
    sender: str
    text: str
    attachments: tuple[str, ...]
    source: bytes


def stored_mail(transport: Transport, message_id: str) -> StoredMail | None:
    """The mail of a whole Message-ID; None unless mails go to a folder and this one did."""
    path = transport.file_of(message_id)
    if path is None or not path.is_file():
        return None
    source = path.read_bytes()
    mail = message_from_bytes(source, policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 (policy.default makes no other)
    body = mail.get_body(("plain",))
    return StoredMail(
        subject=str(mail["Subject"]),
        sender=str(mail["From"]),
        text=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or part.get_content_type() for part in mail.iter_attachments()),
        source=source,
    )
