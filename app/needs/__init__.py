"""What clusters need: put in at a working table or at the desk, voted for, shown on the wall."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
