"""The groups in which the participants of a study visit go round its stations."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.registration.own_parts import register_own_part
from app.subgroups import handlers as handlers
from app.subgroups import presenters
from app.subgroups.phrases import REFUSALS
from app.subgroups.views import bp


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(REFUSALS)
    register_own_part(presenters.own_part)
    app.register_blueprint(bp)
