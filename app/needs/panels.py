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
    for page, panel in (("event", _of_event), ("organisation", _of_cluster), ("group", _of_group)):
        register_on_network(page, panel)


def _of_event(event: Any) -> Panel | None:
    return _panel(queries.public_of_event(event.id, MOST), f"event={event.slug}")


def _of_cluster(cluster: Any) -> Panel | None:
    return _panel(queries.public_of_cluster(cluster.id, MOST), f"cluster={cluster.slug}")


def _of_group(group: Any) -> Panel | None:
    return _panel(queries.public_of_group(group.id, MOST), f"group={group.slug}")


def _panel(needs: Sequence[Need], filter: str) -> Panel | None:
    context: dict[str, Any] = {"needs": needs, "all_url": f"/needs?{filter}"}
    return ("needs/_panel.html", context) if needs else None
