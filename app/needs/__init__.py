"""What clusters need: put in at a working table or at the desk, voted for, shown on the wall."""

from __future__ import annotations

from flask import Flask

from app.agenda.screens import register_source
from app.kernel.phrases import register
from app.needs import handlers as handlers
from app.needs import manage, views
from app.needs.own import own_part
from app.needs.panels import show_on_other_pages
from app.needs.phrases import PHRASES
from app.needs.queries import has_parts
from app.needs.screens import SOURCES
from app.registration.own_parts import register_own_part


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    register(PHRASES)
    register_own_part(own_part)
    for source in SOURCES:
        register_source(source)
    show_on_other_pages()
    app.jinja_env.globals["collects_needs"] = has_parts  # for the tabs of an event
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
