"""Offers and requests"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "board_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=90), nullable=False),
        sa.Column("kind", sa.Enum("offer", "request", name="postkind", native_enum=False, length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("sector_id", sa.String(length=40), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_board_post_group_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_board_post_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sector_id"], ["sector.id"], name=op.f("fk_board_post_sector_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_post")),
        sa.UniqueConstraint("slug", name=op.f("uq_board_post_slug")),
    )
    op.create_index("ix_board_post_closed_at_expires_on", "board_post", ["closed_at", "expires_on"], unique=False)
    op.create_index(op.f("ix_board_post_group_id"), "board_post", ["group_id"], unique=False)
    op.create_index(op.f("ix_board_post_organisation_id"), "board_post", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_board_post_sector_id"), "board_post", ["sector_id"], unique=False)
    op.create_table(
        "board_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_board_reply_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["board_post.id"], name=op.f("fk_board_reply_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_reply")),
    )
    op.create_index(op.f("ix_board_reply_account_id"), "board_reply", ["account_id"], unique=False)
    op.create_index(op.f("ix_board_reply_organisation_id"), "board_reply", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_board_reply_post_id"), "board_reply", ["post_id"], unique=False)
    op.create_table(
        "board_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["board_post.id"], name=op.f("fk_board_contact_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_contact")),
        sa.UniqueConstraint("post_id", "account_id", "digest", name=op.f("uq_board_contact_post_id_account_id_digest")),
    )
    op.create_index(op.f("ix_board_contact_account_id"), "board_contact", ["account_id"], unique=False)
    op.create_index(op.f("ix_board_contact_at"), "board_contact", ["at"], unique=False)
    # ### end Alembic commands ###
