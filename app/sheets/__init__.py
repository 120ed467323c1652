"""Papers: badges, participant list, signature sheet, gate list; programme, door sheets, running order."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.sheets import presenters, views
from app.sheets.phrases import PHRASES, REFUSALS
from app.visits.gate import tells_who_comes


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    register(PHRASES)
    register(REFUSALS)
    tells_who_comes(presenters.at_gate)
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
