"""What pages of others show of services: of whom they come, for whom they are, what inspired them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.kernel import clock
from app.needs import panels as needs
from app.network.panels import Panel, register_panel
from app.pilots import queries
from app.pilots.models import ServiceProposal
from app.pilots.presenters import knots_of, lines
from app.practices import panels as practices

MOST = 10


def show_on_other_pages() -> None:
    register_panel("organisation", _of_organisation)
    register_panel("event", _of_event)
    practices.register_panel("practice", _of_practice)
    practices.register_knots(knots_of)
    needs.register_panel(_of_need)


def _of_organisation(organisation: Any) -> Panel | None:
    return _panel(queries.of_organisations({organisation.id}))


def _of_event(event: Any) -> Panel | None:
    return _panel(queries.of_event(event.id))


def _of_practice(practice: Any) -> Panel | None:
    return _panel(queries.of_practice(practice.id))


def _of_need(need: Any) -> Panel | None:
    return _panel(queries.of_need(need.id))


def _panel(services: Sequence[ServiceProposal]) -> Panel | None:
    shown = lines(services[:MOST], clock.now().date())
    return ("pilots/_panel.html", {"services": shown}) if shown else None
