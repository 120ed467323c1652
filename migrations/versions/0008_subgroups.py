"""Subgroups"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "sub_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("allotment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=True),
        sa.Column("guide_text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_sub_group_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["allotment_id"], ["allotment.id"], name=op.f("fk_sub_group_allotment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["guide_id"], ["person.id"], name=op.f("fk_sub_group_guide_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_group")),
        sa.UniqueConstraint("allotment_id", name=op.f("uq_sub_group_allotment_id")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_sub_group_event_id_number")),
    )
    op.create_table(
        "sub_group_member",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("sub_group_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_sub_group_member_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sub_group_id"], ["sub_group.id"], name=op.f("fk_sub_group_member_sub_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_sub_group_member")),
    )
    op.create_index("ix_sub_group_member_sub_group_id", "sub_group_member", ["sub_group_id"])
    op.create_table(
        "rotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("slot_minutes > 0", name=op.f("ck_rotation_slot_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rotation_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation")),
        sa.UniqueConstraint("event_id", "day", "start_minute", name=op.f("uq_rotation_event_id_day_start_minute")),
    )
