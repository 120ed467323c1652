"""Studies"""

from __future__ import annotations

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    pass
