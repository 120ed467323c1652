"""Studies of what clusters do, and the catalogue of the services that they found."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.studies import handlers as handlers
from app.studies import manage, views
from app.studies.panels import register_panels
from app.studies.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
    register(PHRASES)
    register_panels()
