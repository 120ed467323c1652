"""Delivery reports (RFC 3464): what came back, for whom and why. Nothing they say of their sender is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from app.mail.models import BounceKind

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
# a permanent refusal that says nothing about the address: mailbox full, message too big, policy, spam
_OF_THE_MAIL = re.compile(r"^5\.(2\.2|2\.3|3\.\d+|4\.[1567]|5\.\d+|6\.\d+|7\.\d+)$", re.ASCII)
# headers in which the server that delivers to the inbox says whom a mail was sent to
_DELIVERED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One recipient that a mail did not reach."""

    recipient: str
    kind: BounceKind
    diagnostic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A delivery report; ``marks`` are the places where a signed token may stand."""

    failures: tuple[Failure, ...]
    marks: tuple[str, ...]


def read_report(mail: EmailMessage, *, header: str) -> Report | None:
    """What a report says; None for any other mail. ``header`` is ours, which servers return with the mail."""
    fields = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    if not fields:
        return None
    marks = [str(value) for name in _DELIVERED for value in mail.get_all(name, [])]
    marks += [str(part.get(header, "")) for part in _returned(mail)]
    return Report(
        failures=tuple(failure for part in fields for failure in _failures(part)),
        marks=tuple(mark for mark in marks if mark),
    )


def kind_of(status: str) -> BounceKind:
    """Whether a status (RFC 3463) speaks against the address or only against this mail, at this time."""
    if not status.startswith("5.") or _OF_THE_MAIL.match(status):
        return BounceKind.SOFT
    return BounceKind.HARD


def status_in(text: str) -> str:
    """The first enhanced status in an answer of a mail server, or nothing."""
    found = _STATUS.search(text)
    return found[0] if found else ""


def said_at(mail: Message, now: datetime) -> datetime:
    """When the report says that it was written, in UTC; ``now`` where it does not say, or says the future."""
    try:
        said = parsedate_to_datetime(str(mail["Date"]))
    except (TypeError, ValueError, IndexError, OverflowError):
        return now
    try:
        instant = said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except (OverflowError, ValueError):
        return now
    return min(instant, now)


def _failures(part: Message) -> Iterator[Failure]:
    for group in _inside(part):
        recipient = _address(str(group.get("Final-Recipient") or group.get("Original-Recipient") or ""))
        if not recipient or str(group.get("Action", "")).strip().lower() != "failed":
            continue
        words = " ".join(str(group.get("Diagnostic-Code", "")).split())
        status = status_in(str(group.get("Status", ""))) or status_in(words)
        yield Failure(recipient=recipient, kind=kind_of(status), diagnostic=f"{status} {words}".strip()[:LONGEST])


def _address(field: str) -> str:
    return field.rpartition(";")[2].strip().strip("<>")


def _returned(mail: Message) -> Iterator[Message]:
    """The heads of what was returned: the whole mail, or only its headers."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            yield from _inside(part)
        elif part.get_content_type() == "text/rfc822-headers":
            yield _head(part)


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _head(part: Message) -> Message:
    body = part.get_payload(decode=True)
    return message_from_bytes(body if isinstance(body, bytes) else b"", policy=policy.compat32)
