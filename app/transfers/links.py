"""The link in a follow-up, by which one says in a tap how far one is. It holds until one is asked again."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.transfers import queries
from app.transfers.errors import AdoptionNotFound, LinkOutdated
from app.transfers.models import Adoption

PURPOSE = "adoption"


def token(adoption: Adoption) -> str:
    return signed_token(_key(), PURPOSE, adoption.public_id, adoption.asked)


def url(adoption: Adoption) -> str:
    """The whole address, for mails."""
    return f"{public_url()}/adoptions/{token(adoption)}"


def open_adoption(token: str) -> Adoption:
    """Raises AdoptionNotFound for a link that was altered, LinkOutdated for that of an earlier mail."""
    row = queries.adoption(public_id_of(token))
    if is_genuine(token, _key(), PURPOSE, row.asked):
        return row
    if any(is_genuine(token, _key(), PURPOSE, earlier) for earlier in range(row.asked)):
        raise LinkOutdated
    raise AdoptionNotFound


def public_url() -> str:
    return str(current_app.config["FILO"].public_url)


def _key() -> str:
    return str(current_app.config["FILO"].secret_key)
