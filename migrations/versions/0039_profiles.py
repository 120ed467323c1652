"""What clusters say of themselves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.create_table(
        "cluster_profile",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("looking_for", TextsType(), nullable=False),
        sa.Column("offers", TextsType(), nullable=False),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Numeric(precision=6, scale=1), nullable=True),
        sa.Column("committed_members", sa.Integer(), nullable=True),
        sa.Column("small_companies", sa.Integer(), nullable=True),
        sa.Column("large_companies", sa.Integer(), nullable=True),
        sa.Column("research_bodies", sa.Integer(), nullable=True),
        sa.Column("other_members", sa.Integer(), nullable=True),
        sa.Column("target_countries", sa.JSON(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("founded_year BETWEEN 1000 AND 9999", name=op.f("ck_cluster_profile_founded_year")),
        sa.CheckConstraint("staff >= 0", name=op.f("ck_cluster_profile_staff")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cluster_profile_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_cluster_profile")),
    )
