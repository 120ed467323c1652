"""Speakers and invited experts: what they accept, send and need, by a personal link."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.registration.queries.parts import written_to_by
from app.speakers import handlers as handlers
from app.speakers import letters as letters
from app.speakers import work as work
from app.speakers.manage import bp as manage
from app.speakers.phrases import PHRASES, REFUSALS
from app.speakers.queries import addresses_at
from app.speakers.views import bp


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(PHRASES)
    register(REFUSALS)
    written_to_by(addresses_at)
    app.register_blueprint(bp)
    app.register_blueprint(manage)
