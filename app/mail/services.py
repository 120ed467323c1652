"""Verbs on messages: queue, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.jobs import services as jobs
from app.kernel.db import insert_unless_there, transactional
from app.mail import queries, rules
from app.mail.errors import MessageNotFound, UnusableAddress
from app.mail.models import Message, MessageState

SEND = "send_message"


@transactional
def queue(
    name: str, *, recipient: str, locale: str, about: str, dedupe_key: str, now: datetime, **context: Any
) -> None:
    """Leave a mail to the worker, in the caller's transaction; a second one of the same key is left out.

    ``name`` is the folder under templates/mail, ``about`` what the mail speaks of ("registration:7").
    ``context`` is plain JSON (ids, never secrets): the mail is worded when it is sent, from what is
    true then. Raises UnusableAddress.
    """
    if not rules.is_mailable(recipient.strip()):
        raise UnusableAddress(field="email")
    message_id = rules.message_id(dedupe_key)
    is_new = insert_unless_there(
        Message,
        name=name,
        recipient=recipient.strip(),
        recipient_key=rules.address_key(recipient),
        locale=locale,
        context=context,
        message_id=message_id,
        about=about,
        state=MessageState.QUEUED,
        queued_at=now,
    )
    if is_new:
        jobs.put(SEND, dedupe_key=_job_key(message_id), run_at=now, message_id=message_id)


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


def _message(message_id: str) -> Message:
    message = queries.message(message_id)
    if message is None:
        raise MessageNotFound(message=message_id)
    return message


def _job_key(message_id: str) -> str:
    return f"mail:{message_id}"
