"""Write-ups and comments"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=90), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("title", TextsType(), nullable=False),
        sa.Column("standfirst", TextsType(), nullable=False),
        sa.Column("body", TextsType(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("video_url", sa.String(length=500), nullable=True),
        sa.Column("takes_comments", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "withdrawn", name="storystate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_story_event_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_story_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_story_project_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("slug", name=op.f("uq_story_slug")),
    )
    op.create_index(op.f("ix_story_event_id"), "story", ["event_id"], unique=False)
    op.create_index(op.f("ix_story_owner_id"), "story", ["owner_id"], unique=False)
    op.create_index(op.f("ix_story_project_id"), "story", ["project_id"], unique=False)
    op.create_index("ix_story_state_published_at", "story", ["state", "published_at"], unique=False)
    op.create_table(
        "story_group",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_story_group_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_group_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "group_id", name=op.f("pk_story_group")),
    )
    op.create_index(op.f("ix_story_group_group_id"), "story_group", ["group_id"], unique=False)
    op.create_table(
        "story_practice",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_story_practice_practice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_practice_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "practice_id", name=op.f("pk_story_practice")),
    )
    op.create_index(op.f("ix_story_practice_practice_id"), "story_practice", ["practice_id"], unique=False)
    op.create_table(
        "story_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "withdrawn", name="storystate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_step_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_step")),
    )
    op.create_index(op.f("ix_story_step_story_id"), "story_step", ["story_id"], unique=False)
    op.create_table(
        "story_author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_story_author_organisation_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_author_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_author")),
        sa.UniqueConstraint("public_id", name=op.f("uq_story_author_public_id")),
    )
    op.create_index(op.f("ix_story_author_organisation_id"), "story_author", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_story_author_story_id"), "story_author", ["story_id"], unique=False)
    op.create_table(
        "story_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", TextsType(), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("shows_people", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_story_picture_file_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_picture_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_picture")),
        sa.UniqueConstraint("public_id", name=op.f("uq_story_picture_public_id")),
    )
    op.create_index(op.f("ix_story_picture_file_id"), "story_picture", ["file_id"], unique=False)
    op.create_index(op.f("ix_story_picture_story_id"), "story_picture", ["story_id"], unique=False)
    op.create_table(
        "story_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("name", "picture", name="consentkind", native_enum=False, length=40), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_consent_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_consent")),
    )
    op.create_index(op.f("ix_story_consent_ref"), "story_consent", ["ref"], unique=False)
    op.create_index(op.f("ix_story_consent_story_id"), "story_consent", ["story_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("practice_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("client", sa.String(length=32), nullable=True),
        sa.Column(
            "state",
            sa.Enum("pending", "approved", "rejected", "spam", name="commentstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "suspicion",
            sa.Enum("trap", "too_fast", "no_page", "links", "noise", name="suspicion", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(story_id IS NULL) <> (practice_id IS NULL)", name=op.f("ck_comment_one_target")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_comment_practice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_comment_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_client_at", "comment", ["client", "at"], unique=False)
    op.create_index("ix_comment_practice_id_state", "comment", ["practice_id", "state"], unique=False)
    op.create_index("ix_comment_state_at", "comment", ["state", "at"], unique=False)
    op.create_index("ix_comment_story_id_state", "comment", ["story_id", "state"], unique=False)
    # ### end Alembic commands ###
