"""Learning diaries of a study visit and the debrief that merges what was shared."""

from __future__ import annotations

from flask import Flask

from app.diaries import findings
from app.diaries import handlers as handlers
from app.diaries import work as work
from app.diaries.phrases import PHRASES
from app.diaries.presenters.own import own_part
from app.diaries.queries.lines import has_stops
from app.diaries.views import BLUEPRINTS
from app.kernel.phrases import register
from app.registration.own_parts import register_own_part


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
    register(PHRASES)
    app.jinja_env.globals["has_diaries"] = has_stops  # for the tabs of an event
    register_own_part(own_part)
    findings.register()
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
