"""Who was there: lists, scans, walk-ins, helpers of the day."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.presence import phrases, presenters, views
from app.registration.own_parts import register_own_part


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(phrases.PHRASES)
    register(phrases.REFUSALS)
    register_own_part(presenters.own_part)
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
