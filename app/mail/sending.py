"""The job that words a message, as things are now, and sends it."""

from __future__ import annotations

from flask import current_app
from flask_babel import force_locale

from app.jobs.errors import Hopeless
from app.jobs.worker import buries, performs
from app.kernel import clock
from app.kernel.db import db
from app.mail import queries, services, verp
from app.mail.composing import Letter, composer_of
from app.mail.envelope import Wording, build
from app.mail.models import Message, MessageState
from app.mail.rules import one_line
from app.mail.transports import RecipientRefused, transport_for
from config import Config


@performs(services.SEND)
def send_message(message_id: str) -> None:
    """Send a message that still waits; safe to run twice, and a second copy bears the same Message-ID."""
    config: Config = current_app.config["FILO"]
    message = queries.message(message_id)
    if message is None or message.state is not MessageState.QUEUED:
        return
    wording = _word(message, config.public_url)
    if wording is None:
        services.drop(message_id)
        return
    mime = build(
        wording,
        sender=config.mail_from,
        recipient=message.recipient,
        message_id=f"{message_id}@{config.uid_domain}",
        language=message.locale,
        queued_at=message.queued_at,
    )
    mime[verp.HEADER] = verp.token(message.id, config.secret_key)
    comes_back_to = config.bounce_address and verp.return_path(config.bounce_address, message.id, config.secret_key)
    db.session.rollback()  # nothing stays locked while the mail server takes its time
    try:
        transport_for(config.mail_url).send(mime, comes_back_to)
    except RecipientRefused as error:
        services.note_refusal(message_id, reason=str(error), now=clock.now())
        raise
    except Exception as error:
        services.note_failure(message_id, reason=str(error))
        raise
    services.mark_sent(message_id, subject=wording.subject, now=clock.now())


@buries(services.SEND)
def bury_message(message_id: str, reason: str) -> None:
    services.bury(message_id, reason=reason.removeprefix(f"{RecipientRefused.__name__}: "))


def _word(message: Message, public_url: str) -> Wording | None:
    try:
        composer = composer_of(message.name)
    except KeyError as error:
        raise Hopeless(f"nobody composes {message.name}") from error
    with force_locale(message.locale):
        letter = composer(message.context, message.locale)
        return _render(message.name, letter, public_url) if letter else None


def _render(name: str, letter: Letter, public_url: str) -> Wording:
    values = {**letter.values, "public_url": public_url}
    subject, text, html = (
        # not render_template: its context processors ask about a request, and there is none
        current_app.jinja_env.get_template(f"mail/{name}/{part}").render(values)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Wording(
        subject=one_line(subject),
        text=text.strip() + "\n",
        html=html,
        calendar=letter.calendar,
        method=letter.method,
        headers=letter.headers,
        pictures=letter.pictures,
    )
