"""One text to many: written by organisers and coordinators, scheduled, sent in their languages."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.mailings import handlers as handlers
from app.mailings import letters as letters
from app.mailings import manage, panels, sources, views
from app.mailings import work as work
from app.mailings.phrases import PHRASES, TIMINGS
from app.mailings.rules import Owner


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    assert sources  # noqa: S101 (importing them registers audiences and placeholders)
    register(PHRASES)
    register(TIMINGS)
    panels.register_panels()
    app.register_blueprint(views.bp)
    for owner in Owner:
        name = manage.name_of(owner)
        app.register_blueprint(manage.bp, name=name, url_prefix=f"/manage/{owner}s/<slug>/messages")
