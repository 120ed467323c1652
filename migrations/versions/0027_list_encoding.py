"""What a file of people to invite was read as"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    with op.batch_alter_table("invitation_list") as batch:
        batch.add_column(sa.Column("encoding", sa.String(length=40)))
