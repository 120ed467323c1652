"""What pages of lower rooms show of studies, and what higher rooms add to the page of a study.

``register_panel(fn)``: ``fn(study)`` gives ``(template, context)`` or None, as in app.network.panels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.network import panels as network
from app.network.panels import Panel
from app.studies import presenters, queries
from app.studies.models import Study

_panels: list[Callable[[Study], Panel | None]] = []


def register_panel(fn: Callable[[Study], Panel | None]) -> None:
    """Add a panel to the page of a study."""
    if fn not in _panels:
        _panels.append(fn)


def panels_of(study: Study) -> list[Panel]:
    """The panels that have something to show."""
    return [panel for fn in _panels if (panel := fn(study)) is not None]


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
