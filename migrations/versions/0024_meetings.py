"""One-to-one meetings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "meeting_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("heard_at", UtcDateTime(), nullable=False),
        sa.Column("spent", sa.Double(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("greedy_value", sa.Integer(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_meeting_search_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_search")),
    )
    op.create_index("ix_meeting_search_event_id", "meeting_search", ["event_id", "id"], unique=False)
    op.create_index(
        "uq_meeting_search_active",
        "meeting_search",
        ["event_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.create_table(
        "meeting_settings",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("spare", sa.Integer(), nullable=False),
        sa.Column("arranges", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_meeting_settings_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_meeting_settings")),
    )
    op.create_table(
        "meeting_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("tables", sa.Integer(), nullable=False),
        sa.CheckConstraint("slot_minutes >= 15", name=op.f("ck_meeting_block_slot_long_enough")),
        sa.CheckConstraint("tables > 0", name=op.f("ck_meeting_block_tables_positive")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_block_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_block")),
        sa.UniqueConstraint("item_id", name=op.f("uq_meeting_block_item_id")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("slot_number", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("is_called_off", sa.Boolean(), nullable=False),
        sa.Column("outcome_of_one", sa.String(length=40), nullable=True),
        sa.Column("outcome_of_other", sa.String(length=40), nullable=True),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_meeting_of_two_people")),
        sa.ForeignKeyConstraint(
            ["block_id"], ["meeting_block.id"], name=op.f("fk_meeting_block_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_meeting_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["one_id"], ["registration.id"], name=op.f("fk_meeting_one_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["other_id"], ["registration.id"], name=op.f("fk_meeting_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_meeting_one_id_other_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
    )
    op.create_index("ix_meeting_event_id", "meeting", ["event_id"], unique=False)
    op.create_index("ix_meeting_other_id", "meeting", ["other_id"], unique=False)
    op.create_index(
        "uq_meeting_table",
        "meeting",
        ["block_id", "slot_number", "table_number"],
        unique=True,
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_table(
        "meeting_profile",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("away", sa.JSON(), nullable=False),
        sa.Column("may_be_arranged", sa.Boolean(), nullable=False),
        sa.Column("takes_part", sa.Boolean(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=True),
        sa.Column("absent_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_meeting_profile_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_meeting_profile_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_meeting_profile")),
        sa.UniqueConstraint("event_id", "table_number", name=op.f("uq_meeting_profile_event_id_table_number")),
    )
    op.create_index(op.f("ix_meeting_profile_event_id"), "meeting_profile", ["event_id"], unique=False)
    op.create_table(
        "meeting_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_meeting_request_of_two_people")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_meeting_request_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["registration.id"], name=op.f("fk_meeting_request_from_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["registration.id"], name=op.f("fk_meeting_request_to_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_request")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_meeting_request_from_id_to_id")),
    )
    op.create_index("ix_meeting_request_event_id_state", "meeting_request", ["event_id", "state"], unique=False)
    op.create_index("ix_meeting_request_state_expires_at", "meeting_request", ["state", "expires_at"], unique=False)
    op.create_index(op.f("ix_meeting_request_to_id"), "meeting_request", ["to_id"], unique=False)
