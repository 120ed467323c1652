"""The time that a plan leaves between two items in a room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("plan", sa.Column("changeover", sa.Integer(), nullable=False, server_default="0"))
