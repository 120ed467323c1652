"""Imported calendars"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0017"
down_revision = "0016"


def _code(*codes: str, name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "imported_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("use", _code("rooms", "partner", name="use"), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=True),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=8), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("last_modified", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.Column("result", _code("uploaded", "read", "same", "failed", name="fetchresult"), nullable=False),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.Column("failure_details", sa.JSON(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_imported_calendar_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_imported_calendar_region_code")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_imported_calendar_group_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_calendar")),
    )
    op.create_index(op.f("ix_imported_calendar_organisation_id"), "imported_calendar", ["organisation_id"])
    op.create_index(op.f("ix_imported_calendar_group_id"), "imported_calendar", ["group_id"])
    op.create_index("ix_imported_calendar_next_at", "imported_calendar", ["next_at"])
    op.create_table(
        "imported_calendar_room",
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["imported_calendar.id"],
            name=op.f("fk_imported_calendar_room_calendar_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_imported_calendar_room_room_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("calendar_id", "room_id", name=op.f("pk_imported_calendar_room")),
    )
    op.create_index("ix_imported_calendar_room_room_id", "imported_calendar_room", ["room_id"])
    op.create_table(
        "imported_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("begins_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("standing", _code("busy", "tentative", "unavailable", "free", name="occupancy"), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["imported_calendar.id"], name=op.f("fk_imported_time_calendar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_time")),
        sa.UniqueConstraint("calendar_id", "key", name=op.f("uq_imported_time_calendar_id_key")),
    )
    op.create_index("ix_imported_time_calendar_id_begins_at", "imported_time", ["calendar_id", "begins_at"])
    op.create_table(
        "calendar_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=True),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("last_modified", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_calendar_draft_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["imported_calendar.id"], name=op.f("fk_calendar_draft_calendar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_draft")),
    )
    op.create_index(op.f("ix_calendar_draft_organisation_id"), "calendar_draft", ["organisation_id"])
    op.create_index(op.f("ix_calendar_draft_calendar_id"), "calendar_draft", ["calendar_id"])
    op.create_table(
        "free_busy_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(room_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_free_busy_address_room_or_person")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_free_busy_address_room_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_free_busy_address_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_free_busy_address")),
        sa.UniqueConstraint("person_id", name=op.f("uq_free_busy_address_person_id")),
        sa.UniqueConstraint("room_id", name=op.f("uq_free_busy_address_room_id")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_free_busy_address_secret_digest")),
    )
