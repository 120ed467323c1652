"""Studies of what clusters do for their members, and the cluster services they surveyed."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
