from __future__ import annotations

from flask import Flask

from app.feeds import handlers as handlers
from app.feeds import views
from app.feeds import work as work
from app.feeds.cli import feeds
from app.feeds.entries import session_entry
from app.feeds.phrases import PHRASES
from app.feeds.shelf import MOST_BYTES
from app.feeds.shim import Feeds
from app.kernel.early import answer_early
from app.kernel.phrases import register
from app.speakers.calendar import register_entry


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    register(PHRASES)
    register_entry(session_entry)
    app.cli.add_command(feeds)
    app.register_blueprint(views.bp)
    # tests take versions back with their transactions, so what was kept under one may be another's
    answer_early(app, Feeds(app, kept_bytes=0 if app.testing else MOST_BYTES))
