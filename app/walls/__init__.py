"""The screen in a room and the page on a phone: now, next, what is arriving."""

from __future__ import annotations

from flask import Flask

from app.walls import links
from app.walls.views import Shelves, bp


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    app.extensions["filo_walls"] = Shelves(keeps=not app.config["FILO"].testing)
    app.jinja_env.globals["screen_key"] = links.key_of  # for the organiser's papers
    app.register_blueprint(bp)
