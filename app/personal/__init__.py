from __future__ import annotations

from flask import Flask

from app.kernel.early import answer_early
from app.kernel.phrases import register
from app.personal import handlers as handlers
from app.personal import letters as letters
from app.personal import work as work
from app.personal.cli import calendar
from app.personal.phrases import PHRASES
from app.personal.shim import PersonalCalendars
from app.personal.views import bp


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    register(PHRASES)
    app.register_blueprint(bp)
    app.cli.add_command(calendar)
    answer_early(app, PersonalCalendars(app))
