from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.venues import views
from app.venues.phrases import PHRASES


def join_house(app: Flask) -> None:
    """The places where events are held."""
    register(PHRASES)
    app.register_blueprint(views.bp)
    app.register_blueprint(views.manage)
