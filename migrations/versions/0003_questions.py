"""Questions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0003"
down_revision = "0002"

PURPOSES = ("joining", "follow_up", "feedback")
KINDS = ("text", "long_text", "choice", "several", "number", "date", "country", "file", "consent", "rating")
READERS = ("organisers", "organisers_and_host", "everybody_managing")


def upgrade() -> None:
    op.create_table(
        "question_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Enum(*PURPOSES, name="purpose", native_enum=False, length=40), nullable=False),
        sa.Column("title", TextsType(), nullable=False),
        sa.Column("introduction", TextsType(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("remind_days_before", sa.Integer(), nullable=True),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "opens_at IS NULL OR closes_at IS NULL OR closes_at >= opens_at",
            name=op.f("ck_question_form_closes_after_opening"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_question_form_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_form")),
    )
    op.create_index("ix_question_form_event_id_purpose_position", "question_form", ["event_id", "purpose", "position"])
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="kind", native_enum=False, length=40), nullable=False),
        sa.Column("label", TextsType(), nullable=False),
        sa.Column("help", TextsType(), nullable=False),
        sa.Column("purpose", TextsType(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("least", sa.Double(), nullable=True),
        sa.Column("most", sa.Double(), nullable=True),
        sa.Column("readers", sa.Enum(*READERS, name="readers", native_enum=False, length=40), nullable=False),
        sa.Column("erased_after_days", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wording_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"], ["question_form.id"], name=op.f("fk_question_form_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("form_id", "code", name=op.f("uq_question_form_id_code")),
    )
    op.create_table(
        "question_wording",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("label", TextsType(), nullable=False),
        sa.Column("help", TextsType(), nullable=False),
        sa.Column("purpose", TextsType(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_wording_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question_id", "version", name=op.f("pk_question_wording")),
    )
