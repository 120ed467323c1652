"""Study visits: the itinerary, what hosts confirm, the roadbook."""

from __future__ import annotations

from flask import Flask

from app.agenda.house_rules import tells_house_rules
from app.kernel.phrases import register
from app.registration.own_parts import register_own_part
from app.visits import letters as letters
from app.visits import work as work
from app.visits.phrases import PHRASES
from app.visits.presenters.hosts import safety_texts
from app.visits.presenters.roadbook import own_part
from app.visits.views import BLUEPRINTS


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
    register(PHRASES)
    tells_house_rules(safety_texts)
    register_own_part(own_part)
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
