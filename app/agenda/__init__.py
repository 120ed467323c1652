from __future__ import annotations

from flask import Flask

from app.agenda import handlers as handlers
from app.agenda.findings import ways_on
from app.agenda.phrases import PHRASES
from app.agenda.views import bp
from app.kernel.phrases import register


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    app.register_blueprint(bp)
    register(PHRASES)
    app.jinja_env.globals["ways_on"] = ways_on
