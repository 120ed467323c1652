"""Needs, votes for them, and the parts of an agenda that collect them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0032"
down_revision = "0031"

PRIORITY = ("need_helpful", "need_important", "need_urgent")
STATE = ("need_shown", "need_hidden", "need_merged")
GATE = ("gate_by_time", "gate_open", "gate_closed")


def _code(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _key(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("priority", _code("priority", PRIORITY), nullable=False),
        sa.Column("cluster_id", sa.Integer(), nullable=True),
        sa.Column("sector_id", sa.String(length=40), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("state", _code("needstate", STATE), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _key("need", "cluster_id", "organisation.id", "SET NULL"),
        _key("need", "sector_id", "sector.id", "SET NULL"),
        _key("need", "event_id", "event.id", "SET NULL"),
        _key("need", "item_id", "agenda_item.id", "SET NULL"),
        _key("need", "registration_id", "registration.id", "SET NULL"),
        _key("need", "merged_into_id", "need.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_public_id")),
        sa.UniqueConstraint("form_key", name=op.f("uq_need_form_key")),
    )
    op.create_index("ix_need_event_id_state", "need", ["event_id", "state"])
    op.create_index("ix_need_is_public_state_voters", "need", ["is_public", "state", "voters"])
    for column in ("cluster_id", "sector_id", "item_id", "registration_id", "merged_into_id"):
        op.create_index(op.f(f"ix_need_{column}"), "need", [column])
    op.create_table(
        "need_vote",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(length=80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _key("need_vote", "need_id", "need.id", "CASCADE"),
        sa.PrimaryKeyConstraint("need_id", "voter", name=op.f("pk_need_vote")),
    )
    op.create_table(
        "need_collection",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("entries", _code("gate", GATE), nullable=False),
        sa.Column("votes", _code("gate", GATE), nullable=False),
        _key("need_collection", "item_id", "agenda_item.id", "CASCADE"),
        _key("need_collection", "event_id", "event.id", "CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_need_collection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_collection_public_id")),
    )
    op.create_index(op.f("ix_need_collection_event_id"), "need_collection", ["event_id"])
