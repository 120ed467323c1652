"""Where practices come from and who takes them up"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "uptake_interested",
                "uptake_adapting",
                "uptake_piloting",
                "uptake_adopted",
                "uptake_given_up",
                name="uptake",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_adoption_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_adoption_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("practice_id", "organisation_id", name=op.f("uq_adoption_practice_id_organisation_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_adoption_public_id")),
    )
    op.create_index(op.f("ix_adoption_organisation_id"), "adoption", ["organisation_id"], unique=False)
    op.create_index("ix_adoption_state_asked", "adoption", ["state", "asked"], unique=False)
    op.create_table(
        "practice_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("study_id IS NOT NULL OR service_id IS NOT NULL", name=op.f("ck_practice_source_names_one")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_source_practice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["cluster_service.id"], name=op.f("fk_practice_source_service_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["study.id"], name=op.f("fk_practice_source_study_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_source")),
        sa.UniqueConstraint(
            "practice_id", "study_id", "service_id", name=op.f("uq_practice_source_practice_id_study_id_service_id")
        ),
    )
    op.create_index(op.f("ix_practice_source_service_id"), "practice_source", ["service_id"], unique=False)
    op.create_index(op.f("ix_practice_source_study_id"), "practice_source", ["study_id"], unique=False)
    op.create_table(
        "adoption_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "uptake_interested",
                "uptake_adapting",
                "uptake_piloting",
                "uptake_adopted",
                "uptake_given_up",
                name="uptake",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "uptake_interested",
                "uptake_adapting",
                "uptake_piloting",
                "uptake_adopted",
                "uptake_given_up",
                name="uptake",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption_id"], ["adoption.id"], name=op.f("fk_adoption_change_adoption_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_change")),
    )
    op.create_index(op.f("ix_adoption_change_adoption_id"), "adoption_change", ["adoption_id"], unique=False)
