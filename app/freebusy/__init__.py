"""Calendars of others, and when rooms and people are busy."""

from __future__ import annotations

from flask import Flask

from app.freebusy import occupied as occupied
from app.freebusy import views
from app.freebusy import work as work
from app.freebusy.phrases import PHRASES
from app.kernel.phrases import register


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
    register(PHRASES)
