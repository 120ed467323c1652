"""What pages of others show of needs, and what higher rooms add to the page of a need.

``register_panel(fn)`` in a room's ``join_house``; ``fn(need)`` gives ``(template, context)`` or None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.needs import queries
from app.needs.models import Need
from app.network.panels import Panel
from app.network.panels import register_panel as register_on_network

MOST = 10
_panels: list[Callable[[Need], Panel | None]] = []


def register_panel(fn: Callable[[Need], Panel | None]) -> None:
    """Add a panel to the page of a need; they stand in the order of their registration."""
    if fn not in _panels:
        _panels.append(fn)


def panels_of(need: Need) -> list[Panel]:
    """The panels that have something to show."""
    return [panel for fn in _panels if (panel := fn(need)) is not None]


def show_on_other_pages() -> None:
    """Public needs stand on the pages of the event, the cluster and the group that they concern."""
    register_on_network("event", lambda event: _panel(queries.public_of_event(event.id, MOST), f"event={event.slug}"))
    register_on_network(
        "organisation", lambda one: _panel(queries.public_of_cluster(one.id, MOST), f"cluster={one.slug}")
    )
    register_on_network("group", lambda one: _panel(queries.public_of_group(one.id, MOST), f"group={one.slug}"))


def _panel(needs: Sequence[Need], filter: str) -> Panel | None:
    context: dict[str, Any] = {"needs": needs, "all_url": f"/needs?{filter}"}
    return ("needs/_panel.html", context) if needs else None
