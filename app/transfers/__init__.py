"""How practices travel: where they came from, who takes them up, and how far they are."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.practices.panels import register_panel
from app.studies import panels as studies
from app.transfers import letters as letters
from app.transfers import panels, views
from app.transfers import work as work
from app.transfers.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    app.register_blueprint(views.bp)
    app.register_blueprint(views.own)
    register(PHRASES)
    register_panel("practice", panels.of_practice)
    studies.register_panel(panels.of_study)
