from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
