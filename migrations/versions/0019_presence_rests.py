"""Hours on certificates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    with op.batch_alter_table("certificate_rule") as batch:
        batch.add_column(sa.Column("measure", sa.String(40), nullable=False, server_default="parts"))
        batch.add_column(sa.Column("says_hours", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("certificate") as batch:
        batch.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
