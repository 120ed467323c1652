"""Who fetched which calendar, and what calendars could not show"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0016"
down_revision = "0015"

FAMILIES = (
    *("google", "microsoft", "outlook", "apple_ios", "apple_macos", "thunderbird", "davx5", "icsx5", "evolution"),
    *("kde", "nextcloud", "vdirsyncer", "home_assistant", "python_caldav", "browser", "downloader", "other", "unknown"),
)
FORMER_NAMES = {
    "Google": "google",
    "Outlook": "microsoft",
    "DAVx5": "davx5",
    "Thunderbird": "thunderbird",
    "Apple (iOS)": "apple_ios",
    "Apple (macOS)": "apple_macos",
    "GNOME": "evolution",
    "KDE": "kde",
    "Nextcloud": "nextcloud",
    "vdirsyncer": "vdirsyncer",
    "Home Assistant": "home_assistant",
    "python-caldav": "python_caldav",
    "curl": "downloader",
    "Another program": "other",
    "Unknown": "unknown",
}


def _family() -> sa.Enum:
    return sa.Enum(*FAMILIES, name="family", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "calendar_fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.String(length=120), nullable=False),
        sa.Column("asked", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("family", _family(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("by_caldav", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_fetch")),
    )
    op.create_index("ix_calendar_fetch_at", "calendar_fetch", ["at"])
    op.create_index("ix_calendar_fetch_calendar_at", "calendar_fetch", ["calendar", "at"])
    op.create_table(
        "former_address",
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["calendar_token.id"], name=op.f("fk_former_address_token_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_former_address")),
    )
    op.create_index("ix_former_address_token_id", "former_address", ["token_id"])
    op.create_table(
        "missing_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_missing_entry_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["token_id"], ["calendar_token.id"], name=op.f("fk_missing_entry_token_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_entry")),
    )
    op.create_index("ix_missing_entry_event_id", "missing_entry", ["event_id"])
    op.create_index("ix_missing_entry_token_id", "missing_entry", ["token_id"])
    with op.batch_alter_table("version_counter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forgotten_version", sa.Integer(), nullable=False, server_default="0"))
    tokens = sa.table("calendar_token", sa.column("client", sa.String))
    op.execute(tokens.update().values(client=sa.case(FORMER_NAMES, value=tokens.c.client, else_=None)))
