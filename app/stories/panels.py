"""What other rooms' pages show of write-ups, and the comments under a practice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.network.panels import Panel, register_panel
from app.practices import panels as practices
from app.stories.commenting import thread_of
from app.stories.models import Story
from app.stories.presenters.stories import lines
from app.stories.queries import stories as queries
from app.stories.services.comments import Target

MOST = 10


def register_panels() -> None:
    """Put write-ups on the pages of what they speak of."""
    for page, panel in (
        ("event", _of_event),
        ("organisation", _of_organisation),
        ("project", _of_project),
        ("group", _of_group),
    ):
        register_panel(page, panel)
    practices.register_panel("practice", _of_practice)
    practices.register_panel("practice", comments_of_practice)


def _of_event(event: Any) -> Panel | None:
    return _panel(queries.of_event(event.id, MOST))


def _of_organisation(organisation: Any) -> Panel | None:
    return _panel(queries.of_organisation(organisation.id, MOST))


def _of_project(project: Any) -> Panel | None:
    return _panel(queries.of_project(project.id, MOST), f"/stories?project={project.slug}")


def _of_group(group: Any) -> Panel | None:
    return _panel(queries.of_group(group.id, MOST), f"/stories?group={group.slug}")


def _of_practice(practice: Any) -> Panel | None:
    return _panel(queries.of_practice(practice.id, MOST))


def comments_of_practice(practice: Any) -> Panel | None:
    """What readers said of a practice, and the form for one more; nothing while it is not public."""
    if not practice.is_published:
        return None
    thread = thread_of(Target(practice_id=practice.id), f"/practices/{practice.slug}/comments", is_open=True)
    return "stories/_comments_panel.html", {"thread": thread}


def _panel(stories: Sequence[Story], all_url: str = "") -> Panel | None:
    return ("stories/_panel.html", {"stories": lines(stories), "all_url": all_url}) if stories else None
