"""The groups in which the participants of a study visit go round its stations."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.subgroups import handlers as handlers
from app.subgroups.phrases import REFUSALS
from app.subgroups.views import bp


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(REFUSALS)
    app.register_blueprint(bp)
