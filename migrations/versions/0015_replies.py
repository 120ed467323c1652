"""Replies by mail"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0015"
down_revision = "0014"

SAID = ("accepted", "tentative", "declined", "proposed", "proposed_and_declined", "delegated", "other")
OUTCOMES = (
    "noted",
    "withdrawn",
    "passed_on",
    "offer_waits",
    "other_person",
    "newer_known",
    "superseded",
    "registration_over",
    "event_over",
    "not_followed",
)


def upgrade() -> None:
    op.create_table(
        "calendar_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("said", sa.Enum(*SAID, name="said", native_enum=False, length=40), nullable=False),
        sa.Column("outcome", sa.Enum(*OUTCOMES, name="outcome", native_enum=False, length=40), nullable=False),
        sa.Column("attendee", sa.String(length=254), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_calendar_reply_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_reply")),
        sa.UniqueConstraint(
            "registration_id",
            "sequence",
            "written_at",
            "digest",
            name=op.f("uq_calendar_reply_registration_id_sequence_written_at_digest"),
        ),
    )
