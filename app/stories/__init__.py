"""Write-ups of events with several authors, galleries and moderated comments."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
