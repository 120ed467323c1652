"""How practices travel: who takes them up, and how far they are."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.practices.panels import register_knots, register_panel
from app.transfers import handlers as handlers
from app.transfers import letters as letters
from app.transfers import panels, presenters, views
from app.transfers import work as work
from app.transfers.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    app.register_blueprint(views.bp)
    app.register_blueprint(views.own)
    register(PHRASES)
    register_panel("practice", panels.of_practice)
    register_knots(presenters.uptake_of)
