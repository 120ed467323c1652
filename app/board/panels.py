"""What pages of groups, sectors and organisations show of the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.board import queries
from app.board.models import BoardPost
from app.board.permissions import may_post
from app.board.presenters import lines
from app.kernel import clock
from app.network.current import current_actor
from app.network.panels import Panel, register_panel

MOST = 5


def register_panels() -> None:
    """Put open offers and requests where they belong."""
    register_panel("group", of_group)
    register_panel("sector", of_sector)
    register_panel("organisation", of_organisation)


def of_group(group: Any) -> Panel:
    """Also where there is nothing yet: it leads to the form for a post of this group."""
    return _panel(queries.open_in_group(group.id, clock.now().date(), MOST), f"group={group.slug}")


def of_sector(sector: Any) -> Panel:
    return _panel(queries.open_in_sector(sector.id, clock.now().date(), MOST), f"sector={sector.id}")


def of_organisation(organisation: Any) -> Panel | None:
    posts = queries.open_of_organisation(organisation.id, clock.now().date(), MOST)
    return _panel(posts, "") if posts else None


def _panel(posts: Sequence[BoardPost], asked: str) -> Panel:
    """``asked``: what the board and the form for a post take over from the page."""
    actor = current_actor()
    return "board/_panel.html", {
        "posts": lines(posts, clock.now().date()),
        "url": f"/board?{asked}" if asked else "/board",
        "new_url": f"/manage/board/new?{asked}" if asked and (may_post(actor) or not actor.signed_in) else None,
    }
