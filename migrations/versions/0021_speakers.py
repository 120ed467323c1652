"""What speakers send"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("bio", sa.JSON(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("consent_at", UtcDateTime(), nullable=True),
        sa.Column("consent_language", sa.String(length=5), nullable=True),
        sa.Column("consent_version", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("equipment_note", sa.Text(), nullable=True),
        sa.Column("travel", sa.Text(), nullable=True),
        sa.Column("diet", sa.Text(), nullable=True),
        sa.Column("access", sa.Text(), nullable=True),
        sa.Column("needs_at", UtcDateTime(), nullable=True),
        sa.Column("availability_at", UtcDateTime(), nullable=True),
        sa.Column("needs_erased_at", UtcDateTime(), nullable=True),
        _key("speaker", "event_id", "event"),
        _key("speaker", "person_id", "person"),
        _key("speaker", "photo_id", "stored_file", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("public_id", name=op.f("uq_speaker_public_id")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_speaker_event_id_person_id")),
    )
    op.create_index("ix_speaker_person_id", "speaker", ["person_id"])
    op.create_index("ix_speaker_photo_id", "speaker", ["photo_id"])
    op.create_index("ix_speaker_needs_erased_at_event_id", "speaker", ["needs_erased_at", "event_id"])
    op.create_table(
        "speaker_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=60), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("place", sa.String(length=400), nullable=False),
        _key("speaker_answer", "speaker_id", "speaker"),
        _key("speaker_answer", "item_id", "agenda_item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_answer")),
        sa.UniqueConstraint("speaker_id", "part", name=op.f("uq_speaker_answer_speaker_id_part")),
    )
    op.create_index("ix_speaker_answer_item_id", "speaker_answer", ["item_id"])
    op.create_table(
        "speaker_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_speaker_absence_ends_after_start")),
        _key("speaker_absence", "speaker_id", "speaker"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_absence")),
    )
    op.create_index("ix_speaker_absence_speaker_id", "speaker_absence", ["speaker_id"])
    op.create_table(
        "speaker_slides",
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        _key("speaker_slides", "material_id", "material"),
        _key("speaker_slides", "speaker_id", "speaker"),
        sa.PrimaryKeyConstraint("material_id", name=op.f("pk_speaker_slides")),
    )
    op.create_index("ix_speaker_slides_speaker_id", "speaker_slides", ["speaker_id"])
    op.create_table(
        "speaker_settings",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=True),
        sa.Column("remind_days_before", sa.Integer(), nullable=True),
        sa.Column("reminded_for", UtcDateTime(), nullable=True),
        _key("speaker_settings", "event_id", "event"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_speaker_settings")),
    )


def _key(table: str, column: str, of: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)
