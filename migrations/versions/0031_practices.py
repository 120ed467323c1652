"""Practices: the whole form, states, review, versions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0031"
down_revision = "0030"

PARTS = ("problem", "resources", "evidence", "lessons", "transfer")
WORDS = {"owner_other": 200, "theme": 160, "staff": 160, "web": 300, "video_url": 300}


def upgrade() -> None:
    _widen_practices()
    op.execute("UPDATE practice SET state = 'practice_published' WHERE is_published")
    op.add_column("practice_use", sa.Column("outcome", sa.Text(), nullable=True))
    _add_tables()


def _widen_practices() -> None:
    with op.batch_alter_table("practice") as batch:
        for part in PARTS:
            batch.add_column(sa.Column(part, TextsType(), nullable=False, server_default="{}"))
        for name, longest in WORDS.items():
            batch.add_column(sa.Column(name, sa.String(length=longest), nullable=True))
        batch.add_column(sa.Column("project_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("study_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("cost_eur", sa.Integer(), nullable=True))
        for end in ("starts", "ends"):
            batch.add_column(sa.Column(f"{end}_on", sa.Date(), nullable=True))
            batch.add_column(sa.Column(f"{end}_precision", sa.String(40), nullable=False, server_default="day"))
        for name in ("is_ongoing", "did_not_work"):
            batch.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("keywords", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("state", sa.String(40), nullable=False, server_default="practice_surveyed"))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        for column, table in (("project_id", "project"), ("group_id", "thematic_group"), ("study_id", "study")):
            batch.create_foreign_key(op.f(f"fk_practice_{column}"), table, [column], ["id"], ondelete="SET NULL")
    for column in ("project_id", "group_id", "study_id", "state"):
        op.create_index(op.f(f"ix_practice_{column}"), "practice", [column])


def _add_tables() -> None:
    op.create_table(
        "practice_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_practice_change_organisation_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_change_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_change")),
    )
    op.create_index("ix_practice_change_practice_id_at", "practice_change", ["practice_id", "at"], unique=False)
    op.create_index(op.f("ix_practice_change_organisation_id"), "practice_change", ["organisation_id"], unique=False)
    op.create_table(
        "practice_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_version_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_version")),
        sa.UniqueConstraint("practice_id", "number", name=op.f("uq_practice_version_practice_id_number")),
    )
    op.create_table(
        "practice_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_practice_draft_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_draft_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_draft")),
        sa.UniqueConstraint("account_id", "place", name=op.f("uq_practice_draft_account_id_place")),
    )
    op.create_index(op.f("ix_practice_draft_practice_id"), "practice_draft", ["practice_id"], unique=False)
    op.create_index(op.f("ix_practice_draft_saved_at"), "practice_draft", ["saved_at"], unique=False)
    op.create_table(
        "practice_author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_practice_author_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_author_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_author_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_author")),
        sa.UniqueConstraint("practice_id", "person_id", name=op.f("uq_practice_author_practice_id_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_practice_author_public_id")),
    )
    op.create_index(op.f("ix_practice_author_organisation_id"), "practice_author", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_practice_author_person_id"), "practice_author", ["person_id"], unique=False)
    op.create_table(
        "practice_expert",
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_expert_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_expert_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("practice_id", "person_id", name=op.f("pk_practice_expert")),
    )
    op.create_index(op.f("ix_practice_expert_person_id"), "practice_expert", ["person_id"], unique=False)
    op.create_table(
        "practice_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("quote", sa.String(length=300), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_comment_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_comment")),
    )
    op.create_index("ix_practice_comment_practice_id_at", "practice_comment", ["practice_id", "at"], unique=False)
    op.create_table(
        "practice_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_practice_file_file_id")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_file_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_file")),
    )
    op.create_index("ix_practice_file_practice_id_position", "practice_file", ["practice_id", "position"], unique=False)
    op.create_index(op.f("ix_practice_file_file_id"), "practice_file", ["file_id"], unique=False)
    op.create_table(
        "practice_length",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_practice_length_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_length")),
        sa.UniqueConstraint("project_id", "part", name=op.f("uq_practice_length_project_id_part")),
    )
    op.create_table(
        "practice_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_practice_import_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_import")),
        sa.UniqueConstraint("account_id", name=op.f("uq_practice_import_account_id")),
    )
