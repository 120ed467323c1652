"""One-to-one meetings: needs and offers, requests, the schedule that a solver makes."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.meetings import handlers as handlers
from app.meetings import letters as letters
from app.meetings import presenters
from app.meetings import work as work
from app.meetings.cli import meetings
from app.meetings.manage import bp as manage
from app.meetings.phrases import OUTCOMES, REFUSALS, SEARCHES, STATES
from app.meetings.queries import has_block_items
from app.meetings.views import bp
from app.registration.own_parts import register_own_part


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
    register(STATES)
    register(OUTCOMES)
    register(SEARCHES)
    register(REFUSALS)
    register_own_part(presenters.own_part)
    app.jinja_env.globals["has_meetings"] = has_block_items  # for the tabs of an event
    app.register_blueprint(bp)
    app.register_blueprint(manage)
    app.cli.add_command(meetings)
