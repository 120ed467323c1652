"""What decides about a diary, as plain values."""

from __future__ import annotations

from enum import StrEnum


class Prompt(StrEnum):
    """What a diary asks at every stop."""

    SEEN = "diary_seen"
    USEFUL = "diary_useful"
    ASK = "diary_ask"
