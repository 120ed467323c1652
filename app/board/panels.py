"""What pages of groups, sectors and organisations show of the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.board import queries
from app.board.models import BoardPost
from app.board.presenters import lines
from app.kernel import clock
from app.network.panels import Panel, register_panel

MOST = 5


def register_panels() -> None:
    """Put open offers and requests where they belong."""
    register_panel("group", of_group)
    register_panel("sector", of_sector)
    register_panel("organisation", of_organisation)


def of_group(group: Any) -> Panel | None:
    return _panel(queries.open_in_group(group.id, clock.now().date(), MOST), f"/board?group={group.slug}")


def of_sector(sector: Any) -> Panel | None:
    return _panel(queries.open_in_sector(sector.id, clock.now().date(), MOST), f"/board?sector={sector.id}")


def of_organisation(organisation: Any) -> Panel | None:
    return _panel(queries.open_of_organisation(organisation.id, clock.now().date(), MOST), "/board")


def _panel(posts: Sequence[BoardPost], url: str) -> Panel | None:
    return ("board/_panel.html", {"posts": lines(posts, clock.now().date()), "url": url}) if posts else None
