"""Comments on needs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0046"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "need_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_comment_need_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_comment")),
        sa.UniqueConstraint("form_key", name=op.f("uq_need_comment_form_key")),
    )
    op.create_index(op.f("ix_need_comment_need_id"), "need_comment", ["need_id"])
