from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What happened to a practice at an event."""

    PRESENTED = "presented"
    SHARED = "shared"
    DISCUSSED = "discussed"
