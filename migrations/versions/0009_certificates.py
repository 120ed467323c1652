"""Certificates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0009"
down_revision = "0008"

KINDS = ("clusters_workshop", "study_visit", "exchange_forum")
PRECISIONS = ("day", "month", "year")
_CURRENT = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "certificate_rule",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("text", TextsType(), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("least >= 1", name=op.f("ck_certificate_rule_least_positive")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_certificate_rule_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_certificate_rule")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("revocation_reason", sa.Text(), nullable=True),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=241), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("event_kind", sa.Enum(*KINDS, name="kind", native_enum=False, length=40), nullable=False),
        sa.Column("event_title", TextsType(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column(
            "date_precision",
            sa.Enum(*PRECISIONS, name="dateprecision", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("place", TextsType(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("organiser", sa.String(length=200), nullable=False),
        sa.Column("text", TextsType(), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("project", sa.String(length=80), nullable=True),
        sa.Column("programme", TextsType(), nullable=False),
        sa.Column("funding_sentence", TextsType(), nullable=False),
        sa.Column("emblem", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_certificate_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_certificate_replaces_id")),
    )
    op.create_index("ix_certificate_registration_id", "certificate", ["registration_id"])
    op.create_index(
        "uq_certificate_current",
        "certificate",
        ["registration_id"],
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )
