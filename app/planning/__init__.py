"""How an agenda is laid out: the board, the draft, its releases and what changed between them."""

from __future__ import annotations

from flask import Flask

from app.agenda.keeping import keep_with
from app.kernel.phrases import register
from app.planning import handlers, letters, work
from app.planning.phrases import FIELDS, REFUSALS
from app.planning.services.keeping import PlanKeeper
from app.planning.views import pages

LISTENERS = (handlers, letters, work)  # imported so that they are heard


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
    keep_with(PlanKeeper())
    register(FIELDS)
    register(REFUSALS)
    for page in pages:
        app.register_blueprint(page)
