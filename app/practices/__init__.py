from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.practices import agenda_links as agenda_links
from app.practices import handlers as handlers
from app.practices import letters as letters
from app.practices import manage, views
from app.practices import work as work
from app.practices.phrases import PARTS, PHRASES
from app.practices.study_panel import show_on_studies


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
    register(PHRASES)
    show_on_studies()
    app.jinja_env.globals["part_words"] = PARTS  # for what a form lacks
