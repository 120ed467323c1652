"""Companions at the door, and hours on certificates"""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    with op.batch_alter_table("certificate_rule") as batch:
        batch.add_column(sa.Column("measure", sa.String(40), nullable=False, server_default="parts"))
        batch.add_column(sa.Column("says_hours", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("certificate") as batch:
        batch.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
    with op.batch_alter_table("scan") as batch:
        batch.add_column(sa.Column("companion_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_scan_companion_id"), "companion", ["companion_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index("ix_scan_companion_id", "scan", ["companion_id"])
    _note_companions()


def _note_companions() -> None:
    """Until now companions came and went with whom they belong to: each gets the notes of that person."""
    connection = op.get_bind()
    scan = sa.Table("scan", sa.MetaData(), autoload_with=connection)
    companion = sa.Table("companion", sa.MetaData(), autoload_with=connection)
    query = sa.select(scan, companion.c.id.label("whose")).join(
        companion, companion.c.registration_id == scan.c.registration_id
    )
    rows = [
        {
            **{column.name: getattr(row, column.name) for column in scan.c},
            "id": _of_companion(row.id, row.whose),
            "undoes": _of_companion(row.undoes, row.whose) if row.undoes else None,
            "companion_id": row.whose,
        }
        for row in connection.execute(query)
    ]
    if rows:
        connection.execute(sa.insert(scan), rows)


def _of_companion(scan_id: str, companion_id: int) -> str:
    return str(uuid5(NAMESPACE_OID, f"{scan_id}:{companion_id}"))
