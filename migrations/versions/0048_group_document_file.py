"""Files in the workspace of a group"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    with op.batch_alter_table("group_document") as batch:
        batch.alter_column("url", existing_type=sa.String(length=500), nullable=True)
        batch.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_group_document_file_id"), "stored_file", ["file_id"], ["id"])
        batch.create_check_constraint(op.f("ck_group_document_file_or_link"), "(file_id IS NULL) <> (url IS NULL)")
        batch.create_index(op.f("ix_group_document_file_id"), ["file_id"])
