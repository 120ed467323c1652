from __future__ import annotations

from flask import Flask

from app.site import handlers, views
from app.site.cli import search
from app.site.pages import Shelf
from app.site.panels import register_panels
from app.site.presenters.results import register_presentations
from app.site.similar import register_similar

LISTENERS = (handlers,)  # imported so that they are heard


def join_house(app: Flask) -> None:
    """The pages that need several rooms at once: the list, the event, search."""
    app.extensions["filo_pages"] = Shelf(keeps=not app.config["FILO"].testing)
    app.register_blueprint(views.bp)
    register_panels()
    register_presentations()
    register_similar()
    app.cli.add_command(search)
