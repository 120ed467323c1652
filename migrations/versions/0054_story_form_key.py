"""The same form of a write-up sent twice makes one"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0052"


def upgrade() -> None:
    op.add_column("story", sa.Column("form_key", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_story_form_key"), "story", ["form_key"], unique=True)
