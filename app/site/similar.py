"""Practices that are like one: same sector, same aims, same words."""

from __future__ import annotations

from app.kernel.i18n import language
from app.network.panels import Panel
from app.practices.models import Practice
from app.practices.panels import register_panel
from app.search.asking import similar
from app.search.presenting import hits_of, visible_of

MOST_SIMILAR = 4


def register_similar() -> None:
    register_panel("practice", panel_of)


def panel_of(practice: Practice) -> Panel | None:
    """Nothing while the practice is alone of its kind."""
    found = [("practice", ref) for ref in similar("practice", practice.id, limit=MOST_SIMILAR, seen=visible_of)]
    hits = hits_of(found, language())
    if not hits:
        return None
    return "site/_similar_panel.html", {"hits": [hits[place] for place in found if place in hits]}
