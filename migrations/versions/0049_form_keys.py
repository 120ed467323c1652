"""A form that is sent twice makes one practice, one service, one pilot"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    for table in ("practice", "service_proposal", "pilot"):
        op.add_column(table, sa.Column("form_key", sa.String(length=64), nullable=True))
        op.create_index(op.f(f"ix_{table}_form_key"), table, ["form_key"], unique=True)
