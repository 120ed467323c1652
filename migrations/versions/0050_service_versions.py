"""Two who edit one service do not overwrite each other; an uptake that is sent twice is one"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0053"


def upgrade() -> None:
    op.add_column("service_proposal", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "service_version",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service_proposal.id"],
            name=op.f("fk_service_version_service_id_service_proposal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "number", name=op.f("pk_service_version")),
    )
    op.add_column("service_uptake", sa.Column("form_key", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_service_uptake_form_key"), "service_uptake", ["form_key"], unique=True)
