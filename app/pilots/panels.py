"""What pages of others show of services: of whom they come, for whom they are, what inspired them."""

from __future__ import annotations

from collections.abc import Sequence

from app.kernel import clock
from app.needs import panels as needs
from app.network.panels import Panel, register_panel
from app.pilots import queries
from app.pilots.models import ServiceProposal
from app.pilots.presenters import knots_of, lines
from app.practices import panels as practices

MOST = 10


def show_on_other_pages() -> None:
    register_panel("organisation", lambda one: _panel(queries.of_organisations({one.id})))
    register_panel("event", lambda one: _panel(queries.of_event(one.id)))
    practices.register_panel("practice", lambda one: _panel(queries.of_practice(one.id)))
    practices.register_knots(knots_of)
    needs.register_panel(lambda one: _panel(queries.of_need(one.id)))


def _panel(services: Sequence[ServiceProposal]) -> Panel | None:
    shown = lines(services[:MOST], clock.now().date())
    return ("pilots/_panel.html", {"services": shown}) if shown else None
