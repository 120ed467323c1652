from __future__ import annotations

from flask import Flask

from app.caldav import work as work
from app.caldav.views import bp


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    app.register_blueprint(bp)
