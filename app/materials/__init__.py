"""Slides, minutes, photos and publicity of an event and its agenda items."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.materials import agenda_links as agenda_links
from app.materials import handlers as handlers
from app.materials import manage, views
from app.materials.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
    register(PHRASES)
