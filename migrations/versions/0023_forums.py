"""Formats of a forum"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "peer_review",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_peer_review_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_peer_review_host_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_peer_review")),
    )
    op.create_index(op.f("ix_peer_review_host_id"), "peer_review", ["host_id"], unique=False)
    op.create_table(
        "cafe",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round_minutes", sa.Integer(), nullable=False),
        sa.Column("only_present", sa.Boolean(), nullable=False),
        sa.Column("seated_at", UtcDateTime(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_cafe_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_cafe_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_cafe")),
    )
    op.create_index(op.f("ix_cafe_event_id"), "cafe", ["event_id"], unique=False)
    op.create_table(
        "fair_stand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_fair_stand_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_fair_stand_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_fair_stand_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_stand")),
        sa.UniqueConstraint("code", name=op.f("uq_fair_stand_code")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_fair_stand_item_id_number")),
        sa.UniqueConstraint("item_id", "practice_id", name=op.f("uq_fair_stand_item_id_practice_id")),
    )
    op.create_index(op.f("ix_fair_stand_event_id"), "fair_stand", ["event_id"], unique=False)
    op.create_index(op.f("ix_fair_stand_practice_id"), "fair_stand", ["practice_id"], unique=False)
    op.create_table(
        "pitch_session",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_pitch_session_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_pitch_session_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_pitch_session")),
    )
    op.create_index(op.f("ix_pitch_session_event_id"), "pitch_session", ["event_id"], unique=False)
    op.create_table(
        "review_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["peer_review.event_id"], name=op.f("fk_review_finding_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_finding")),
    )
    op.create_index(op.f("ix_review_finding_event_id"), "review_finding", ["event_id"], unique=False)
    op.create_table(
        "reviewer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["country_code"], ["country.code"], name=op.f("fk_reviewer_country_code")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["peer_review.event_id"], name=op.f("fk_reviewer_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer")),
    )
    op.create_index(op.f("ix_reviewer_country_code"), "reviewer", ["country_code"], unique=False)
    op.create_index(op.f("ix_reviewer_event_id"), "reviewer", ["event_id"], unique=False)
    op.create_table(
        "table_output",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_table_output_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_table_output_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_table_output")),
    )
    op.create_index(op.f("ix_table_output_event_id"), "table_output", ["event_id"], unique=False)
    op.create_table(
        "cafe_round",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["cafe.item_id"], name=op.f("fk_cafe_round_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "number", name=op.f("pk_cafe_round")),
    )
    op.create_table(
        "pitch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("speaker", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["pitch_session.item_id"], name=op.f("fk_pitch_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch")),
    )
    op.create_index("ix_pitch_item_id_position", "pitch", ["item_id", "position"], unique=False)
    op.create_table(
        "review_todo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["review_finding.id"], name=op.f("fk_review_todo_finding_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_todo")),
    )
    op.create_index(op.f("ix_review_todo_finding_id"), "review_todo", ["finding_id"], unique=False)
    op.create_table(
        "cafe_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("host_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"], ["registration.id"], name=op.f("fk_cafe_table_host_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["cafe.item_id"], name=op.f("fk_cafe_table_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cafe_table")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_cafe_table_item_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cafe_table_public_id")),
    )
    op.create_index(op.f("ix_cafe_table_host_id"), "cafe_table", ["host_id"], unique=False)
    op.create_table(
        "contact_card",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("shows_email", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_contact_card_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_contact_card_registration_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_contact_card")),
    )
    op.create_index(op.f("ix_contact_card_event_id"), "contact_card", ["event_id"], unique=False)
    op.create_table(
        "pitch_vote",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["pitch_session.item_id"], name=op.f("fk_pitch_vote_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitch.id"], name=op.f("fk_pitch_vote_pitch_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_pitch_vote_registration_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "registration_id", name=op.f("pk_pitch_vote")),
    )
    op.create_index(op.f("ix_pitch_vote_pitch_id"), "pitch_vote", ["pitch_id"], unique=False)
    op.create_index(op.f("ix_pitch_vote_registration_id"), "pitch_vote", ["registration_id"], unique=False)
    op.create_table(
        "stand_interest",
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_stand_interest_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["fair_stand.id"], name=op.f("fk_stand_interest_stand_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stand_id", "registration_id", name=op.f("pk_stand_interest")),
    )
    op.create_index(op.f("ix_stand_interest_registration_id"), "stand_interest", ["registration_id"], unique=False)
    op.create_table(
        "cafe_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_cafe_note_registration_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["cafe_table.id"], name=op.f("fk_cafe_note_table_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cafe_note")),
    )
    op.create_index(op.f("ix_cafe_note_registration_id"), "cafe_note", ["registration_id"], unique=False)
    op.create_index(op.f("ix_cafe_note_table_id"), "cafe_note", ["table_id"], unique=False)
    op.create_table(
        "cafe_seat",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["cafe.item_id"], name=op.f("fk_cafe_seat_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_cafe_seat_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["cafe_table.id"], name=op.f("fk_cafe_seat_table_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "registration_id", "round", name=op.f("pk_cafe_seat")),
    )
    op.create_index("ix_cafe_seat_registration_id", "cafe_seat", ["registration_id"], unique=False)
    op.create_index(op.f("ix_cafe_seat_table_id"), "cafe_seat", ["table_id"], unique=False)
