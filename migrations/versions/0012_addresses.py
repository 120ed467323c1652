"""Addresses that bounce"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "address_state",
        sa.Column("address_key", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.Enum("hard", "soft", name="bouncekind", native_enum=False, length=40), nullable=False),
        sa.Column("bounced_at", UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("diagnostic", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address_key", name=op.f("pk_address_state")),
    )
    with op.batch_alter_table("address_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_state_kind"), ["kind"], unique=False)

    op.create_table(
        "inbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("recogniser", sa.String(length=40), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_inbox_mail_key")),
    )
    with op.batch_alter_table("inbox_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_mail_taken_at"), ["taken_at"], unique=False)
