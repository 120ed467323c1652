"""Links of tables: computed, so they can be printed on the table's card or shown again."""

from __future__ import annotations

from flask import current_app

from app.agenda.rules import ItemKind
from app.forums.errors import TableLinkNotFound
from app.forums.models import CafeTable, TableOutput
from app.forums.queries import cafe as queries
from app.forums.queries import outputs
from app.kernel.ids import is_genuine, public_id_of, signed_token

PURPOSE = "cafe-table"
OF_RAPPORTEUR = "table-output"


def token(table: CafeTable) -> str:
    """Raising the table's link version revokes it."""
    return signed_token(_key(), PURPOSE, table.public_id, table.link_version)


def url(table: CafeTable) -> str:
    """The whole address, for the square code."""
    return f"{_public_url()}/cafe/{token(table)}"


def open_table(token: str) -> CafeTable:
    """The café table that a token opens; raises TableLinkNotFound for a forged or revoked one."""
    table = queries.table_with(public_id_of(token))
    if not is_genuine(token, _key(), PURPOSE, table.link_version):
        raise TableLinkNotFound(public_id=table.public_id)
    return table


def rapporteurs_token(output: TableOutput) -> str | None:
    """By which the rapporteur of a working table writes; None until the organiser has made a link."""
    return output.public_id and signed_token(_key(), OF_RAPPORTEUR, output.public_id, output.link_version)


def rapporteurs_url(output: TableOutput | None) -> str | None:
    token = rapporteurs_token(output) if output else None
    return token and f"{_public_url()}/outputs/{token}"


def open_output(token: str) -> TableOutput:
    """The output that a token lets write; raises TableLinkNotFound for a forged or revoked one."""
    output = outputs.output_with(public_id_of(token))
    if (
        output is None
        or output.item.kind is not ItemKind.WORKING_TABLE
        or not is_genuine(token, _key(), OF_RAPPORTEUR, output.link_version)
    ):
        raise TableLinkNotFound
    return output


def _public_url() -> str:
    return current_app.config["FILO"].public_url  # type: ignore[no-any-return]


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
