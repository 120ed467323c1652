from __future__ import annotations


class Hopeless(Exception):  # noqa: N818
    """Work that would fail however often it were tried; it becomes a dead letter at once."""
