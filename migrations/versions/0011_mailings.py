"""Mailings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0011"
down_revision = "0010"

_ONE_OWNER = (
    "(event_id IS NOT NULL AND project_id IS NULL AND group_id IS NULL)"
    " OR (event_id IS NULL AND project_id IS NOT NULL AND group_id IS NULL)"
    " OR (event_id IS NULL AND project_id IS NULL AND group_id IS NOT NULL)"
)


def upgrade() -> None:
    _make_mailing()
    _make_recipient()
    op.create_table(
        "unsubscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("address_key", sa.String(length=254), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsubscription")),
        sa.UniqueConstraint("scope", "address_key", name=op.f("uq_unsubscription_scope_address_key")),
    )


def _make_mailing() -> None:
    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", TextsType(), nullable=False),
        sa.Column("body", TextsType(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("narrowing", sa.JSON(), nullable=False),
        sa.Column("is_service", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why_code", sa.String(length=80), nullable=True),
        sa.Column("is_proposal", sa.Boolean(), nullable=False),
        sa.Column("send_at", UtcDateTime(), nullable=True),
        sa.Column("anchor", sa.String(length=40), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("taken_in_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(_ONE_OWNER, name=op.f("ck_mailing_one_owner")),
        sa.CheckConstraint("(anchor IS NULL) = (minutes IS NULL)", name=op.f("ck_mailing_anchor_with_minutes")),
        sa.CheckConstraint("anchor IS NULL OR event_id IS NOT NULL", name=op.f("ck_mailing_anchor_of_event")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_mailing_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_mailing_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_mailing_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
    )
    op.create_index(op.f("ix_mailing_event_id"), "mailing", ["event_id"])
    op.create_index(op.f("ix_mailing_project_id"), "mailing", ["project_id"])
    op.create_index(op.f("ix_mailing_group_id"), "mailing", ["group_id"])
    op.create_index("ix_mailing_state_send_at", "mailing", ["state", "send_at"])


def _make_recipient() -> None:
    op.create_table(
        "mailing_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("address_key", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("given_name", sa.String(length=200), nullable=False),
        sa.Column("full_name", sa.String(length=250), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("left_out", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_mailing_recipient_mailing_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_mailing_recipient_registration_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_recipient")),
        sa.UniqueConstraint("mailing_id", "address_key", name=op.f("uq_mailing_recipient_mailing_id_address_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mailing_recipient_public_id")),
    )
    op.create_index(op.f("ix_mailing_recipient_address_key"), "mailing_recipient", ["address_key"])
    op.create_index(op.f("ix_mailing_recipient_message_id"), "mailing_recipient", ["message_id"])
    op.create_index(op.f("ix_mailing_recipient_registration_id"), "mailing_recipient", ["registration_id"])
