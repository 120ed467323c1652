"""Feedback"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "feedback_round",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("only_present", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("sealed_at", UtcDateTime(), nullable=True),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"], ["question_form.id"], name=op.f("fk_feedback_round_form_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_feedback_round")),
    )
    op.create_table(
        "feedback_respondent",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["question_form.id"], name=op.f("fk_feedback_respondent_form_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_feedback_respondent")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_respondent_form_id", "feedback_respondent", ["form_id"])
    op.create_table(
        "feedback_reply",
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["question_form.id"], name=op.f("fk_feedback_reply_form_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_feedback_reply_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("public_id", name=op.f("pk_feedback_reply")),
        sa.UniqueConstraint("form_id", "registration_id", name=op.f("uq_feedback_reply_form_id_registration_id")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_reply_registration_id", "feedback_reply", ["registration_id"])
    op.create_table(
        "feedback_answer",
        sa.Column("reply_id", sa.String(length=24), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("wording_version", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["feedback_reply.public_id"], name=op.f("fk_feedback_answer_reply_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_feedback_answer_question_id")),
        sa.PrimaryKeyConstraint("reply_id", "question_id", name=op.f("pk_feedback_answer")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_answer_question_id", "feedback_answer", ["question_id"])
