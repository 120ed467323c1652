"""Where a practice came from: one study, and the services that inspired it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0046"


def upgrade() -> None:
    op.create_table(
        "practice_service",
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_service_practice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["cluster_service.id"], name=op.f("fk_practice_service_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("practice_id", "service_id", name=op.f("pk_practice_service")),
    )
    op.create_index(op.f("ix_practice_service_service_id"), "practice_service", ["service_id"], unique=False)
    _carry_over()
    op.drop_table("practice_source")
    op.add_column("adoption", sa.Column("is_tapped", sa.Boolean(), nullable=False, server_default=sa.false()))


def _carry_over() -> None:
    """A study that a practice names itself goes before that of its sources; of several sources the first is it."""
    op.execute(
        "INSERT INTO practice_service (practice_id, service_id) "
        "SELECT DISTINCT practice_id, service_id FROM practice_source WHERE service_id IS NOT NULL"
    )
    op.execute(
        "UPDATE practice SET study_id = (SELECT source.study_id FROM practice_source AS source WHERE source.id = "
        "(SELECT MIN(first.id) FROM practice_source AS first"
        " WHERE first.practice_id = practice.id AND first.study_id IS NOT NULL)) "
        "WHERE study_id IS NULL AND EXISTS (SELECT 1 FROM practice_source AS any_source"
        " WHERE any_source.practice_id = practice.id AND any_source.study_id IS NOT NULL)"
    )
