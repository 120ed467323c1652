"""Templates that several partners run in their regions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "regional_copy",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("follows_questions", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_regional_copy_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["template_id"], ["event.id"], name=op.f("fk_regional_copy_template_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["organisation.id"], name=op.f("fk_regional_copy_partner_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_regional_copy")),
    )
    op.create_index(op.f("ix_regional_copy_template_id"), "regional_copy", ["template_id"])
    op.create_table(
        "question_form_origin",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("template_form_id", sa.Integer(), nullable=True),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["question_form.id"], name=op.f("fk_question_form_origin_form_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["template_form_id"],
            ["question_form.id"],
            name=op.f("fk_question_form_origin_template_form_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_question_form_origin")),
    )
    op.create_index(op.f("ix_question_form_origin_template_form_id"), "question_form_origin", ["template_form_id"])
