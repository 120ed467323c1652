"""The collaboration board: offers and requests with an expiry, answered in a thread and by relayed mail."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
