"""Papers for the day: badges, participant list, signature sheet, gate list."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""
