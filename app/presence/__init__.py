"""Who was there: lists, scans, walk-ins, helpers of the day."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.presence import phrases, views


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(phrases.PHRASES)
    register(phrases.REFUSALS)
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
