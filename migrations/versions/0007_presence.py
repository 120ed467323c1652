"""Presence"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0007"
down_revision = "0006"

_OF_DAY = sa.text("kind = 'day'")


def upgrade() -> None:
    _make_lists()
    _make_links()
    _make_notes()


def _make_lists() -> None:
    op.create_table(
        "check_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("label", TextsType(), nullable=False),
        sa.Column("has_exit", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("self_code", sa.String(12), nullable=True),
        sa.Column("self_from", UtcDateTime(), nullable=True),
        sa.Column("self_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_check_list_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_check_list_agenda_item_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_list")),
        sa.UniqueConstraint("agenda_item_id", name=op.f("uq_check_list_agenda_item_id")),
    )
    op.create_index(
        "uq_check_list_of_day",
        "check_list",
        ["event_id", "day"],
        unique=True,
        sqlite_where=_OF_DAY,
        postgresql_where=_OF_DAY,
    )
    op.create_index("ix_check_list_event_id", "check_list", ["event_id"])


def _make_links() -> None:
    op.create_table(
        "helper_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_until", UtcDateTime(), nullable=False),
        sa.Column("may_add", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_helper_link_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper_link")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_helper_link_secret_digest")),
    )
    op.create_index("ix_helper_link_event_id", "helper_link", ["event_id"])


def _make_notes() -> None:
    op.create_table(
        "scan",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("undoes", sa.String(36), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["check_list.id"], name=op.f("fk_scan_list_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_scan_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["helper_id"], ["helper_link.id"], name=op.f("fk_scan_helper_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
    )
    op.create_index("ix_scan_list_id_registration_id", "scan", ["list_id", "registration_id"])
    op.create_index("ix_scan_registration_id", "scan", ["registration_id"])
    op.create_table(
        "standing_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["check_list.id"], name=op.f("fk_standing_mark_list_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_standing_mark_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_mark")),
    )
    op.create_index("ix_standing_mark_list_id_registration_id", "standing_mark", ["list_id", "registration_id"])
    op.create_index("ix_standing_mark_registration_id", "standing_mark", ["registration_id"])
