"""What belonged to an item that left the agenda"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.add_column("former_item", sa.Column("bound", sa.JSON(), nullable=False, server_default="{}"))
