"""Plans"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "group_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_group_document_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_document")),
    )
    op.create_index(op.f("ix_group_document_group_id"), "group_document", ["group_id"], unique=False)
    op.create_table(
        "meta_district",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", TextsType(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "forming", "plan_agreed", "established", "dormant", name="districtstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("target_year", sa.Integer(), nullable=False),
        sa.Column("established_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_meta_district_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_meta_district")),
    )
    op.create_table(
        "strategic_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafting", "consultation", "adopted", "superseded", name="planstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_number", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_strategic_plan_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategic_plan")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_strategic_plan_group_id_number")),
    )
    op.create_index(
        "uq_strategic_plan_adopted",
        "strategic_plan",
        ["group_id"],
        unique=True,
        sqlite_where=sa.text("state = 'adopted'"),
        postgresql_where=sa.text("state = 'adopted'"),
    )
    op.create_index(
        "uq_strategic_plan_open",
        "strategic_plan",
        ["group_id"],
        unique=True,
        sqlite_where=sa.text("state in ('drafting', 'consultation')"),
        postgresql_where=sa.text("state in ('drafting', 'consultation')"),
    )
    op.create_table(
        "meta_district_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["meta_district.group_id"], name=op.f("fk_meta_district_member_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_meta_district_member_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "organisation_id", name=op.f("pk_meta_district_member")),
    )
    op.create_index(
        op.f("ix_meta_district_member_organisation_id"), "meta_district_member", ["organisation_id"], unique=False
    )
    op.create_table(
        "plan_chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", TextsType(), nullable=False),
        sa.Column("body", TextsType(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=250), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["strategic_plan.id"], name=op.f("fk_plan_chapter_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_chapter")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_plan_chapter_plan_id_key")),
    )
    op.create_index("ix_plan_chapter_plan_id_position", "plan_chapter", ["plan_id", "position"], unique=False)
    op.create_table(
        "plan_drafter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_drafter_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["strategic_plan.id"], name=op.f("fk_plan_drafter_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_drafter")),
        sa.UniqueConstraint("plan_id", "organisation_id", name=op.f("uq_plan_drafter_plan_id_organisation_id")),
    )
    op.create_index(op.f("ix_plan_drafter_organisation_id"), "plan_drafter", ["organisation_id"], unique=False)
    op.create_table(
        "plan_uptake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_uptake_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["strategic_plan.id"], name=op.f("fk_plan_uptake_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_uptake")),
        sa.UniqueConstraint("plan_id", "organisation_id", name=op.f("uq_plan_uptake_plan_id_organisation_id")),
    )
    op.create_index(op.f("ix_plan_uptake_organisation_id"), "plan_uptake", ["organisation_id"], unique=False)
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["strategic_plan.id"], name=op.f("fk_plan_version_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", TextsType(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "under_way", "done", "dropped", name="actionstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("told_due", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_plan_action_event_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["thematic_group.id"], name=op.f("fk_plan_action_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_plan_action_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
    )
    op.create_index(op.f("ix_plan_action_event_id"), "plan_action", ["event_id"], unique=False)
    op.create_index("ix_plan_action_group_id_due", "plan_action", ["group_id", "due"], unique=False)
    op.create_index(op.f("ix_plan_action_owner_id"), "plan_action", ["owner_id"], unique=False)
    op.create_index("ix_plan_action_state_due", "plan_action", ["state", "due"], unique=False)
    op.create_table(
        "plan_chapter_text",
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", TextsType(), nullable=False),
        sa.Column("body", TextsType(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=250), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["plan_chapter.id"], name=op.f("fk_plan_chapter_text_chapter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chapter_id", "revision", name=op.f("pk_plan_chapter_text")),
    )
    op.create_table(
        "plan_consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("asks", TextsType(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["strategic_plan.id"], name=op.f("fk_plan_consultation_plan_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_plan_consultation_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_consultation")),
    )
    op.create_index("ix_plan_consultation_plan_id_opens_on", "plan_consultation", ["plan_id", "opens_on"], unique=False)
    op.create_index(op.f("ix_plan_consultation_version_id"), "plan_consultation", ["version_id"], unique=False)
    op.create_table(
        "plan_consultation_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["plan_consultation.id"],
            name=op.f("fk_plan_consultation_guest_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["country_code"], ["country.code"], name=op.f("fk_plan_consultation_guest_country_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_consultation_guest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_consultation_guest_public_id")),
    )
    op.create_index(
        op.f("ix_plan_consultation_guest_consultation_id"), "plan_consultation_guest", ["consultation_id"], unique=False
    )
    op.create_index(
        op.f("ix_plan_consultation_guest_country_code"), "plan_consultation_guest", ["country_code"], unique=False
    )
    op.create_table(
        "plan_consultation_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("chapter", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("guest_id", sa.Integer(), nullable=True),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["plan_consultation.id"],
            name=op.f("fk_plan_consultation_comment_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["country_code"], ["country.code"], name=op.f("fk_plan_consultation_comment_country_code")
        ),
        sa.ForeignKeyConstraint(
            ["guest_id"],
            ["plan_consultation_guest.id"],
            name=op.f("fk_plan_consultation_comment_guest_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_plan_consultation_comment_organisation_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_consultation_comment")),
    )
    op.create_index(
        op.f("ix_plan_consultation_comment_consultation_id"),
        "plan_consultation_comment",
        ["consultation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plan_consultation_comment_country_code"), "plan_consultation_comment", ["country_code"], unique=False
    )
    op.create_index(
        op.f("ix_plan_consultation_comment_guest_id"), "plan_consultation_comment", ["guest_id"], unique=False
    )
    op.create_index(
        op.f("ix_plan_consultation_comment_organisation_id"),
        "plan_consultation_comment",
        ["organisation_id"],
        unique=False,
    )
