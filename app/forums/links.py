"""The link of a café table: computed, so it can be printed on the table's card."""

from __future__ import annotations

from flask import current_app

from app.forums.errors import CafeLinkNotFound
from app.forums.models import CafeTable
from app.forums.queries import cafe as queries
from app.kernel.ids import is_genuine, public_id_of, signed_token

PURPOSE = "cafe-table"


def token(table: CafeTable) -> str:
    """Raising the table's link version revokes it."""
    return signed_token(_key(), PURPOSE, table.public_id, table.link_version)


def url(table: CafeTable) -> str:
    """The whole address, for the square code."""
    return f"{current_app.config['FILO'].public_url}/cafe/{token(table)}"


def open_table(token: str) -> CafeTable:
    """The table that a token opens; raises CafeLinkNotFound for a forged or revoked one."""
    table = queries.table_with(public_id_of(token))
    if not is_genuine(token, _key(), PURPOSE, table.link_version):
        raise CafeLinkNotFound(public_id=table.public_id)
    return table


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
