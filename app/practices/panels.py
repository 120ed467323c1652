"""Parts that higher rooms add to the page of a practice: who adopts it, services it inspired, stories of it.

``register_panel("practice", fn)`` in a room's ``join_house``; ``fn(practice)`` gets the row of the practice and gives
``(template, context)``, or None when it has nothing to show. The template is included inside ``<main>`` with the
context as ``panel``, and starts with an ``h2``. Pages: practice (for everybody), practice_manage (for who writes it).

``register_knots(fn)``: ``fn(practice, now)`` gives what a room knows of its journey; the thread puts it in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from app.network.panels import Panel
from app.practices.models import Practice
from app.practices.rules.thread import Knot

_panels: dict[str, list[Callable[[Practice], Panel | None]]] = defaultdict(list)
_knots: list[Callable[[Practice, datetime], Iterable[Knot]]] = []


def register_panel(page: str, fn: Callable[[Practice], Panel | None]) -> None:
    """Add a panel to a page; panels stand in the order of their registration."""
    if fn not in _panels[page]:
        _panels[page].append(fn)


def panels_of(page: str, practice: Practice) -> list[Panel]:
    """The panels that have something to show."""
    return [panel for fn in _panels[page] if (panel := fn(practice)) is not None]


def register_knots(fn: Callable[[Practice, datetime], Iterable[Knot]]) -> None:
    """Add what a room knows of the journey of practices."""
    if fn not in _knots:
        _knots.append(fn)


def knots_of(practice: Practice, now: datetime) -> Iterator[Knot]:
    """What higher rooms know of a journey, in no order."""
    for fn in _knots:
        yield from fn(practice, now)
