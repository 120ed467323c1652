"""Mails to those who are asked in a consultation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0047"
down_revision = "0042"


def upgrade() -> None:
    op.add_column("plan_consultation", sa.Column("asked_at", UtcDateTime(), nullable=True))
    op.add_column("plan_consultation", sa.Column("reminded_at", UtcDateTime(), nullable=True))
    op.add_column("plan_consultation_guest", sa.Column("email", sa.String(length=254), nullable=True))
    op.add_column(
        "plan_consultation_guest", sa.Column("locale", sa.String(length=8), nullable=False, server_default="en")
    )
    # those of consultations that began before were told otherwise
    op.execute("UPDATE plan_consultation SET asked_at = CURRENT_TIMESTAMP, reminded_at = CURRENT_TIMESTAMP")
