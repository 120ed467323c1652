"""Studies and services of clusters"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=90), nullable=False),
        sa.Column("title", TextsType(), nullable=False),
        sa.Column("summary", TextsType(), nullable=False),
        sa.Column("findings", TextsType(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column(
            "starts_precision",
            sa.Enum("day", "month", "year", name="dateprecision", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "ends_precision",
            sa.Enum("day", "month", "year", name="dateprecision", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("web", sa.String(length=300), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["stored_file.id"], name=op.f("fk_study_document_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_study_project_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
        sa.UniqueConstraint("slug", name=op.f("uq_study_slug")),
    )
    op.create_index(op.f("ix_study_document_id"), "study", ["document_id"], unique=False)
    op.create_index(op.f("ix_study_project_id"), "study", ["project_id"], unique=False)
    op.create_index(op.f("ix_study_starts_on"), "study", ["starts_on"], unique=False)
    op.create_table(
        "cluster_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", TextsType(), nullable=False),
        sa.Column("about", TextsType(), nullable=False),
        sa.Column("aims", TextsType(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "service_planned",
                "service_in_test",
                "service_offered",
                "service_ended",
                name="servicestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "fee",
            sa.Enum(
                "fee_free", "fee_in_membership", "fee_reduced", "fee_paid", name="fee", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cluster_service_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_service")),
    )
    op.create_index(op.f("ix_cluster_service_organisation_id"), "cluster_service", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_cluster_service_state"), "cluster_service", ["state"], unique=False)
    op.create_table(
        "study_author",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_study_author_organisation_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_author_study_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study_id", "organisation_id", name=op.f("pk_study_author")),
    )
    op.create_index(op.f("ix_study_author_organisation_id"), "study_author", ["organisation_id"], unique=False)
    op.create_table(
        "study_country",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["country_code"], ["country.code"], name=op.f("fk_study_country_country_code")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_country_study_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study_id", "country_code", name=op.f("pk_study_country")),
    )
    op.create_index(op.f("ix_study_country_country_code"), "study_country", ["country_code"], unique=False)
    op.create_table(
        "study_region",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_study_region_region_code")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_region_study_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study_id", "region_code", name=op.f("pk_study_region")),
    )
    op.create_index(op.f("ix_study_region_region_code"), "study_region", ["region_code"], unique=False)
    op.create_table(
        "cluster_service_target",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "target",
            sa.Enum(
                "target_sme",
                "target_start_up",
                "target_large_firm",
                "target_research",
                "target_public_body",
                "target_people",
                name="target",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["cluster_service.id"],
            name=op.f("fk_cluster_service_target_service_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "target", name=op.f("pk_cluster_service_target")),
    )
    op.create_index(op.f("ix_cluster_service_target_target"), "cluster_service_target", ["target"], unique=False)
    op.create_table(
        "study_service",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["cluster_service.id"], name=op.f("fk_study_service_service_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_service_study_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study_id", "service_id", name=op.f("pk_study_service")),
    )
    op.create_index(op.f("ix_study_service_service_id"), "study_service", ["service_id"], unique=False)
