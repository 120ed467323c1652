"""Links with which a reader unsubscribes without an account."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.mailings import queries
from app.mailings.errors import LinkUnknown
from app.mailings.models import MailingRecipient

PURPOSE = "unsubscribe"


def unsubscribe_url(recipient: MailingRecipient) -> str:
    """The whole address, for mails."""
    token = signed_token(_key(), PURPOSE, recipient.public_id, 1)
    return f"{current_app.config['FILO'].public_url}/unsubscribe/{token}"


def open_recipient(token: str) -> MailingRecipient:
    """The reader that a link belongs to; raises LinkUnknown for a forged one."""
    if not is_genuine(token, _key(), PURPOSE, 1):
        raise LinkUnknown
    found = queries.recipient_with_public_id(public_id_of(token))
    if found is None:
        raise LinkUnknown
    return found


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
