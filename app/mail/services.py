"""Verbs on messages: queue, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.jobs import services as jobs
from app.kernel.db import db, insert_new, insert_unless_there, transactional
from app.kernel.ids import digest
from app.mail import queries, rules
from app.mail.errors import MessageNotFound, UnusableAddress
from app.mail.models import AddressState, BounceKind, InboxMail, Message, MessageState
from app.mail.opening import open_mail
from app.mail.recognising import Arrival, recognisers
from app.mail.reports import kind_of, status_in

SEND = "send_message"
REMEMBERED = timedelta(days=180)  # a mail that was dealt with, in case it turns up in the inbox once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to leave to the worker; see :func:`queue` for what the fields mean."""

    name: str
    recipient: str
    locale: str
    about: str
    dedupe_key: str
    context: Mapping[str, Any] = field(default_factory=dict)


@transactional
def queue(
    name: str, *, recipient: str, locale: str, about: str, dedupe_key: str, now: datetime, **context: Any
) -> None:
    """Leave a mail to the worker, in the caller's transaction; a second one of the same key is left out.

    ``name`` is the folder under templates/mail, ``about`` what the mail speaks of ("registration:7").
    ``context`` is plain JSON (ids, never secrets): the mail is worded when it is sent, from what is
    true then. Raises UnusableAddress.
    """
    letter = Letter(name=name, recipient=recipient, locale=locale, about=about, dedupe_key=dedupe_key, context=context)
    queue_all([letter], now=now)


@transactional
def queue_all(letters: Sequence[Letter], *, now: datetime) -> None:
    """The same for many, in two statements however many they are. Nobody is written to who gave no address."""
    wanted = [letter for letter in letters if not rules.reaches_nobody(letter.recipient)]
    rows = {rules.message_id(letter.dedupe_key): _row(letter, now) for letter in wanted}
    new = insert_new(Message, Message.message_id, list(rows.values()))
    jobs.put_all(
        [
            jobs.Work(kind=SEND, dedupe_key=_job_key(message_id), run_at=now, payload={"message_id": message_id})
            for message_id in rows
            if message_id in new
        ]
    )


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    recipient = letter.recipient.strip()
    if not rules.is_mailable(recipient):
        raise UnusableAddress(field="email")
    return {
        "name": letter.name,
        "recipient": recipient,
        "recipient_key": rules.address_key(recipient),
        "locale": letter.locale,
        "context": dict(letter.context),
        "message_id": rules.message_id(letter.dedupe_key),
        "about": letter.about,
        "state": MessageState.QUEUED,
        "queued_at": now,
    }


@transactional
def mark_sent(message_id: str, *, subject: str, now: datetime) -> None:
    message = _message(message_id)
    message.state, message.sent_at, message.subject, message.last_error = MessageState.SENT, now, subject, None


@transactional
def drop(message_id: str) -> None:
    """What the message says is no longer true; it is not sent."""
    _message(message_id).state = MessageState.DROPPED


@transactional
def note_failure(message_id: str, *, reason: str) -> None:
    _message(message_id).last_error = reason[:2000]


@transactional
def bury(message_id: str, *, reason: str) -> None:
    """Every try failed: an administrator has to look."""
    message = _message(message_id)
    message.state, message.last_error = MessageState.DEAD, reason[:2000]


@transactional
def try_again(message_id: str, *, now: datetime) -> None:
    """Send a dead message after all, with a fresh row of tries and the same Message-ID."""
    message = _message(message_id)
    if message.state is not MessageState.DEAD:
        raise MessageNotFound(message=message_id)
    message.state = MessageState.QUEUED
    jobs.try_again(_job_key(message_id), now=now)


@transactional
def note_bounce(message_id: str, *, kind: BounceKind, diagnostic: str, at: datetime) -> None:
    """A message came back: its address is marked, once for each message, whatever reports follow."""
    message = _message(message_id)
    if message.state is MessageState.BOUNCED:
        return
    if message.state is MessageState.SENT:
        message.state = MessageState.BOUNCED
    message.last_error = diagnostic
    _mark(message.recipient_key, kind=kind, diagnostic=diagnostic, at=max(at, message.queued_at))


@transactional
def note_refusal(message_id: str, *, reason: str, now: datetime) -> None:
    """A mail server refused the recipient at once. Only what it says against the address itself marks the address."""
    message = _message(message_id)
    message.last_error = reason[:2000]
    status = status_in(reason)
    if status.startswith("5.1.") and kind_of(status) is BounceKind.HARD:
        _mark(message.recipient_key, kind=BounceKind.HARD, diagnostic=reason[:500], at=now)


@transactional
def forget_bounces(address: str) -> None:
    """Write to an address again: somebody says that it is right."""
    if state := queries.address_state(rules.address_key(address)):
        db.session.delete(state)


def take_in(raw: bytes, *, now: datetime) -> bool:
    """Deal with a mail of the inbox; says whether anybody recognised it. Safe to run twice, and at once.

    What nobody recognises leaves no trace, so that it can be offered again when somebody does. Raises UnreadableMail.
    It is opened before the transaction: nobody else waits while a long mail is read.
    """
    mail = open_mail(raw)
    key = digest(str(mail.get("Message-ID") or "").strip() or raw.decode("latin-1"))
    return _take_in(Arrival(mail=mail, now=now), key)


@transactional
def _take_in(arrival: Arrival, key: str) -> bool:
    if not insert_unless_there(InboxMail, key=key, recogniser="", taken_at=arrival.now):
        return True
    taken = queries.inbox_mail(key)
    for name, recogniser in recognisers():
        if recogniser(arrival):
            taken.recogniser = name
            return True
    db.session.delete(taken)
    return False


@transactional
def forget_recipients(message_ids: Sequence[str], *, nobody: str) -> None:
    """Erase whom messages went to; ``nobody`` is the end of the address instead."""
    for message in queries.messages(message_ids):
        message.recipient = message.recipient_key = f"{message.id}{nobody}"


@transactional
def forget_read_mail(now: datetime) -> None:
    queries.delete_inbox_mail(before=now - REMEMBERED)


def _mark(key: str, *, kind: BounceKind, diagnostic: str, at: datetime) -> None:
    if insert_unless_there(AddressState, address_key=key, kind=kind, bounced_at=at, count=1, diagnostic=diagnostic):
        return
    state = queries.address_state(key)
    assert state is not None  # noqa: S101 (it stands there, and this transaction sees it)
    state.count += 1
    if kind is BounceKind.HARD or state.kind is BounceKind.SOFT:
        state.kind, state.diagnostic = kind, diagnostic
    state.bounced_at = max(state.bounced_at, at)


def _message(message_id: str) -> Message:
    message = queries.message(message_id)
    if message is None:
        raise MessageNotFound(message=message_id)
    return message


def _job_key(message_id: str) -> str:
    return f"mail:{message_id}"
