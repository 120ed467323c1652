"""Papers for the day: badges, participant list, signature sheet, gate list."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.sheets.phrases import PHRASES, REFUSALS
from app.sheets.views import bp


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    register(PHRASES)
    register(REFUSALS)
    app.register_blueprint(bp)
