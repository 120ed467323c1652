"""Formats of an exchange forum: world café, fair, pitches, peer review, working tables, contacts."""

from __future__ import annotations

from flask import Flask

from app.agenda.screens import register_source
from app.forums import findings, views
from app.forums import handlers as handlers
from app.forums import work as work
from app.forums.own import own_part
from app.forums.phrases import ALL
from app.forums.queries.parts import has_formats
from app.forums.screens import SOURCES
from app.kernel.phrases import register
from app.registration.own_parts import register_own_part


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
    for phrases in ALL:
        register(phrases)
    register_own_part(own_part)
    findings.register()
    for source in SOURCES:
        register_source(source)
    app.jinja_env.globals["has_formats"] = has_formats  # for the tabs of an event
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
