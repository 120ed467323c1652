"""The bytes of a mail → the mail, unless to read it would take for ever.

The standard library takes structured lines of a head apart in a time that grows with the square of their length, and
as deep as their brackets are nested, and parts of parts in a time that grows with lines times depth; a mail of a
stranger must not keep a worker busy for minutes.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from app.mail.errors import UnreadableMail

LONGEST_LINE = 1_000  # characters of a structured line
LONGEST_LINES = 40_000  # of all of them, in all parts
MOST_PARTS = 300
MOST_COMPARED = 20_000_000  # lines times parts: every line is compared with the ends of all parts that it stands in
_STRUCTURED = frozenset(
    {
        "content-disposition",
        "content-transfer-encoding",
        "content-type",
        "date",
        "delivered-to",
        "envelope-to",
        "from",
        "message-id",
        "mime-version",
        "x-original-to",
    }
)


def open_mail(raw: bytes) -> EmailMessage:
    """The mail, with all its parts. Raises UnreadableMail."""
    lines = raw.count(b"\n") + raw.count(b"\r")
    if lines * raw.lower().count(b"content-type:") > MOST_COMPARED:
        raise UnreadableMail
    try:
        plain = message_from_bytes(raw, policy=policy.compat32)  # reads no line before it is asked for
        parts = list(plain.walk())
        lengths = [len(text) for part in parts for name, text in part.raw_items() if name.lower() in _STRUCTURED]
        if len(parts) > MOST_PARTS or max(lengths, default=0) > LONGEST_LINE or sum(lengths) > LONGEST_LINES:
            raise UnreadableMail
        mail = message_from_bytes(raw, policy=policy.default)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise UnreadableMail from error
    assert isinstance(mail, EmailMessage)  # noqa: S101 (policy.default makes no other)
    return mail
