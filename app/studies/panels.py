"""What pages of lower rooms show of studies, and what higher rooms add to the page of a study.

``register_panel(fn)``: ``fn(study)`` gives ``(template, context)`` or None, as in app.network.panels.
``register_beside(fn)``: ``fn(study)`` gives such panels by the ids of its services; each stands below its service.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.network import panels as network
from app.network.panels import Panel
from app.studies import presenters, queries
from app.studies.models import Study

_panels: list[Callable[[Study], Panel | None]] = []
_beside: list[Callable[[Study], dict[int, Panel]]] = []


def register_panel(fn: Callable[[Study], Panel | None]) -> None:
    """Add a panel to the page of a study."""
    if fn not in _panels:
        _panels.append(fn)


def panels_of(study: Study) -> list[Panel]:
    """The panels that have something to show."""
    return [panel for fn in _panels if (panel := fn(study)) is not None]


def register_beside(fn: Callable[[Study], dict[int, Panel]]) -> None:
    """Add something below the services on the page of a study."""
    if fn not in _beside:
        _beside.append(fn)


def beside_services(study: Study) -> dict[int, list[Panel]]:
    """What stands below each service of a study."""
    found = [fn(study) for fn in _beside]
    return {one.id: [panels[one.id] for panels in found if one.id in panels] for one in study.services}


def register_panels() -> None:
    """Put studies and services on the pages of organisations."""
    network.register_panel("organisation", of_organisation)


def of_organisation(organisation: Any) -> Panel | None:
    """What it conducted, and what it offers."""
    studies = queries.studies_of(frozenset({organisation.id}))
    services = queries.services_of(organisation.id)
    if not studies and not services:
        return None
    return "studies/_of_organisation.html", {"studies": studies, "services": services, "shown": presenters}
