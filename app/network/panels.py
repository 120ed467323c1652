"""Parts that higher rooms add to pages of this one and of venues: the events of an organisation, say.

``register_panel("organisation", fn)`` in a room's ``join_house``; ``fn(subject)`` gets the row that the page is
about and gives ``(template, context)``, or None when it has nothing to show. The template is included inside
``<main>`` with the context as ``panel``, and starts with an ``h2``. Pages: organisation, project, group, sector,
person, venue, event (the same for everybody there, as its page is kept).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Panel = tuple[str, dict[str, Any]]
_panels: dict[str, list[Callable[[Any], Panel | None]]] = defaultdict(list)


def register_panel(page: str, fn: Callable[[Any], Panel | None]) -> None:
    """Add a panel to a page; panels stand in the order of their registration."""
    if fn not in _panels[page]:
        _panels[page].append(fn)


def panels_of(page: str, subject: Any) -> list[Panel]:
    """The panels that have something to show."""
    return [panel for fn in _panels[page] if (panel := fn(subject)) is not None]
