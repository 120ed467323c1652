"""The link by which a rapporteur writes what a table came to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0049"


def upgrade() -> None:
    op.add_column("table_output", sa.Column("public_id", sa.String(length=24), nullable=True))
    op.add_column("table_output", sa.Column("link_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("table_output", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_index(op.f("ix_table_output_public_id"), "table_output", ["public_id"], unique=True)
