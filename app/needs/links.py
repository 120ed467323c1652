"""The link of a table: computed, so it can be printed as a square code."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.needs import queries
from app.needs.errors import TableLinkNotFound
from app.needs.models import NeedCollection

PURPOSE = "needs-table"


def token(collection: NeedCollection) -> str:
    """Raising the link version revokes it."""
    return signed_token(_key(), PURPOSE, collection.public_id, collection.link_version)


def url(collection: NeedCollection) -> str:
    """The whole address, for the square code."""
    return f"{current_app.config['FILO'].public_url}/needs/at/{token(collection)}"


def open_collection(token: str) -> NeedCollection:
    """What a link opens; raises TableLinkNotFound for a forged or revoked one."""
    collection = queries.collection_with(public_id_of(token))
    if not is_genuine(token, _key(), PURPOSE, collection.link_version):
        raise TableLinkNotFound(public_id=collection.public_id)
    return collection


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
