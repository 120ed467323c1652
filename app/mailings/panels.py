"""The way from the page of a project or a group to its messages, for those who write to its members."""

from __future__ import annotations

from typing import Any

from app.mailings import services
from app.mailings.circles import Circle
from app.mailings.rules import Owner
from app.network.current import current_actor
from app.network.panels import Panel, register_panel


def register_panels() -> None:
    register_panel("project", of_project)
    register_panel("group", of_group)


def of_project(project: Any) -> Panel | None:
    return _panel(Circle(owner=Owner.PROJECT, project=project))


def of_group(group: Any) -> Panel | None:
    return _panel(Circle(owner=Owner.GROUP, group=group, project=group.project))


def _panel(circle: Circle) -> Panel | None:
    actor = current_actor()
    if not (actor.is_administrator or actor.managed_ids) or not services.may_write(circle, actor):
        return None
    return "mailings/_panel.html", {"path": circle.manage_path, "is_project": circle.owner is Owner.PROJECT}
