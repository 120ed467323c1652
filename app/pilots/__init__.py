"""Innovative services: proposed for needs, agreed, piloted, implemented and taken up."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.pilots import handlers as handlers
from app.pilots import letters as letters
from app.pilots import manage, views
from app.pilots import work as work
from app.pilots.panels import show_on_other_pages
from app.pilots.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    register(PHRASES)
    show_on_other_pages()
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
