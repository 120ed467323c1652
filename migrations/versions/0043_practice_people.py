"""What people are told of a practice, their consents, its relay and its exact pin"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0043"
down_revision = "0041"


def upgrade() -> None:
    for name in ("latitude", "longitude"):
        op.add_column("practice", sa.Column(name, sa.Double(), nullable=True))
    for name in ("asked_at", "declined_at"):
        op.add_column("practice_author", sa.Column(name, UtcDateTime(), nullable=True))
    op.add_column("practice_author", sa.Column("consent_version", sa.Integer(), nullable=True))
    op.add_column("practice_author", sa.Column("consent_language", sa.String(8), nullable=True))
    op.create_table(
        "practice_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column(
            "happening",
            sa.Enum(
                "news_moved",
                "news_commented",
                "news_answered",
                "news_asked",
                name="happening",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_news_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_news")),
    )
    op.create_index("ix_practice_news_practice_id", "practice_news", ["practice_id"])
    op.create_table(
        "practice_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_contact_practice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_practice_contact_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_contact")),
        sa.UniqueConstraint(
            "practice_id", "account_id", "digest", name=op.f("uq_practice_contact_practice_id_account_id_digest")
        ),
    )
    op.create_index("ix_practice_contact_account_id", "practice_contact", ["account_id"])
    op.create_index("ix_practice_contact_at", "practice_contact", ["at"])
