"""The mails of mailings; worded when they are sent, dropped when they are no longer meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.mail.composing import Letter, composes
from app.mail.queries import not_arriving
from app.mail.rules import is_mailable
from app.mailings import links, queries
from app.mailings.circles import Circle
from app.mailings.composing import Worded, word
from app.mailings.models import Mailing, MailingRecipient
from app.mailings.registry import Reader
from app.mailings.rules import Kind, Owner, State
from app.registration import queries as registrations
from app.registration.rules import LIVE
from config import Config

_GOING_OUT = frozenset({State.SENDING, State.SENT, State.FAILED})
_SPOKEN = {"en": "English", "it": "italiano", "de": "Deutsch"}


@composes("mailing")
def compose(context: dict[str, Any], locale: str) -> Letter | None:
    recipient = queries.recipient_with_public_id(context["reader"])
    if recipient is None:
        return None
    mailing = queries.mailing(recipient.mailing_id)
    circle = queries.circle_of(mailing)
    if not _is_still_meant(mailing, circle, recipient):
        return None
    worded = word(mailing, circle, _reader(recipient), public_url=_config().public_url)
    headers = _headers(mailing, circle)
    unsubscribe = ""
    if not mailing.is_service:
        unsubscribe = links.unsubscribe_url(recipient)
        headers |= {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Letter(values=_values(circle, worded, locale, unsubscribe=unsubscribe), headers=headers)


@composes("mailing_test")
def compose_test(context: dict[str, Any], locale: str) -> Letter | None:
    """A draft as one of its readers would get it, sent to whoever wrote it; no personal link stands in it."""
    mailing = queries.mailing(context["mailing_id"])
    circle = queries.circle_of(mailing)
    reader = queries.reader(mailing, circle.id, context["as_key"]) or sample_reader(locale)
    reader = _in_language(reader, locale)
    worded = word(mailing, circle, reader, public_url=_config().public_url, is_sample=True)
    return Letter(values=_values(circle, worded, locale), headers=_headers(mailing, circle))


def sample_reader(locale: str) -> Reader:
    """Somebody to show a mail with while its audience is empty."""
    return Reader(
        address="ada@example.org",
        locale=locale,
        given_name="Ada",
        full_name="Ada Esempio",
        organisation=_("Example Company"),
    )


def _in_language(reader: Reader, locale: str) -> Reader:
    return replace(reader, locale=locale)


def _is_still_meant(mailing: Mailing, circle: Circle, recipient: MailingRecipient) -> bool:
    """Nobody gets what was stopped, what reminds of an event that does not take place, or what they left."""
    if mailing.state not in _GOING_OUT:
        return False
    if mailing.kind is Kind.REMINDER and circle.clock and not circle.clock.takes_place:
        return False
    if not mailing.is_service and queries.unsubscribed(circle.scope, {recipient.address_key}):
        return False
    if not_arriving({recipient.address_key}):
        return False
    if recipient.registration_id is None:
        return True
    registration = registrations.registration_for_mail(recipient.registration_id)
    return registration is not None and registration.place in LIVE


def _reader(recipient: MailingRecipient) -> Reader:
    return Reader(
        address=recipient.address,
        locale=recipient.locale,
        given_name=recipient.given_name,
        full_name=recipient.full_name,
        organisation=recipient.organisation,
        registration_id=recipient.registration_id,
    )


def _headers(mailing: Mailing, circle: Circle) -> dict[str, str]:
    address = queries.answers_go_to(mailing, circle)
    return {"Reply-To": address} if address and is_mailable(address) else {}


def _values(circle: Circle, worded: Worded, locale: str, *, unsubscribe: str = "") -> dict[str, Any]:
    return {
        "subject": worded.subject,
        "text": worded.text,
        "html": worded.html,
        "lang": worded.lang,
        "only_in": _SPOKEN[worded.lang] if worded.is_fallback else "",
        "circle": circle.title.wording(locale).text,
        "is_event": circle.owner is Owner.EVENT,
        "unsubscribe": unsubscribe,
    }


def _config() -> Config:
    return current_app.config["FILO"]  # type: ignore[no-any-return]
