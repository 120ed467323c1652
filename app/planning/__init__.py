"""How an agenda is laid out: the board, the draft, its releases and what changed between them."""

from __future__ import annotations

from flask import Flask

from app.agenda.keeping import keep_with
from app.kernel.phrases import register
from app.planning import handlers as handlers
from app.planning.phrases import REFUSALS
from app.planning.services.keeping import PlanKeeper
from app.planning.views import bp


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
    keep_with(PlanKeeper())
    register(REFUSALS)
    app.register_blueprint(bp)
