from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.news import handlers as handlers
from app.news import views
from app.news.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    register(PHRASES)
    app.register_blueprint(views.bp)
