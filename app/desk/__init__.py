from __future__ import annotations

from flask import Flask

from app.desk.manage import comparison, feeds
from app.desk.views import bp


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    app.register_blueprint(bp)
    app.register_blueprint(feeds.bp)
    app.register_blueprint(comparison.bp)
