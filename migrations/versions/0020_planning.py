"""The plan of an agenda and its releases"""

from __future__ import annotations

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    pass
