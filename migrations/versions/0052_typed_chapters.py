"""What is typed into a chapter of a plan is kept until it is saved"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0052"
down_revision = "0050"


def upgrade() -> None:
    op.create_table(
        "plan_typed_chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=250), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_plan_typed_chapter_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["strategic_plan.id"],
            name=op.f("fk_plan_typed_chapter_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["plan_chapter.id"],
            name=op.f("fk_plan_typed_chapter_chapter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_typed_chapter")),
        sa.UniqueConstraint("account_id", "plan_id", "place", name=op.f("uq_plan_typed_chapter_account_id_plan_id_place")),
    )
    for column in ("plan_id", "chapter_id", "saved_at"):
        op.create_index(op.f(f"ix_plan_typed_chapter_{column}"), "plan_typed_chapter", [column])
