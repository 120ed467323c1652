"""Learning diaries"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0025"
down_revision = "0024"

PROMPT = ("diary_seen", "diary_useful", "diary_ask")


def _prompt() -> sa.Enum:
    return sa.Enum(*PROMPT, name="prompt", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "diary_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("stop_title", TextsType(), nullable=False),
        sa.Column("prompt", _prompt(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_diary_line_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_diary_line_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_diary_line_registration_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_line")),
        sa.UniqueConstraint(
            "registration_id", "item_id", "prompt", name=op.f("uq_diary_line_registration_id_item_id_prompt")
        ),
    )
    op.create_index("ix_diary_line_event_id_is_shared", "diary_line", ["event_id", "is_shared"], unique=False)
    op.create_index(op.f("ix_diary_line_item_id"), "diary_line", ["item_id"], unique=False)
    op.create_table(
        "diary_version",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=True),
        sa.Column("is_seen", sa.Boolean(), nullable=False),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["diary_line.id"], name=op.f("fk_diary_version_line_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("line_id", "name", name=op.f("pk_diary_version")),
    )
    op.create_table(
        "debrief",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("open_days", sa.Integer(), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("competence", sa.Text(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_debrief_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_debrief")),
    )
    op.create_table(
        "debrief_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("stop_title", TextsType(), nullable=False),
        sa.Column("prompt", _prompt(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("in_report", sa.Boolean(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_debrief_finding_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_debrief_finding_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_debrief_finding_practice_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_finding")),
    )
    for column in ("event_id", "item_id", "practice_id"):
        op.create_index(op.f(f"ix_debrief_finding_{column}"), "debrief_finding", [column], unique=False)
    op.create_table(
        "debrief_finding_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["debrief_finding.id"],
            name=op.f("fk_debrief_finding_source_finding_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["diary_line.id"], name=op.f("fk_debrief_finding_source_line_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_finding_source")),
    )
    for column in ("finding_id", "line_id"):
        op.create_index(op.f(f"ix_debrief_finding_source_{column}"), "debrief_finding_source", [column], unique=False)
