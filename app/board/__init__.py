"""The collaboration board: offers and requests with an expiry, answered in a thread and by relayed mail."""

from __future__ import annotations

from flask import Flask

from app.board import letters as letters
from app.board import manage, views
from app.board import work as work
from app.board.panels import register_panels
from app.board.phrases import PHRASES
from app.kernel.phrases import register


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
    register(PHRASES)
    register_panels()
