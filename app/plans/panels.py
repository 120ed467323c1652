"""The workspace on the page of a group, and the way from a note to an action."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.agenda.findings import WayOn, register_way_on
from app.kernel import clock
from app.kernel.i18n import language
from app.network.current import current_actor
from app.network.panels import Panel, register_panel
from app.plans import permissions
from app.plans.presenters.groups import plan_lines, workspace
from app.plans.queries.groups import groups_of_event
from app.plans.services.access import circle_of


def register_panels() -> None:
    register_panel("group", of_group)
    register_panel("project", of_project)
    register_way_on(to_action)


def of_group(group: Any) -> Panel:
    return "plans/_workspace.html", {"space": workspace(group, current_actor(), clock.now())}


def of_project(project: Any) -> Panel | None:
    """The plans of its groups with their state; the way to the groups side by side for who sees them so."""
    if not project.groups:
        return None
    overlooks = project.id in permissions.overlooked_projects(current_actor())
    return "plans/_project.html", {
        "slug": project.slug,
        "lines": plan_lines(project.groups),
        "overlooks": overlooks,
    }


def to_action(event_id: int) -> list[WayOn]:
    """An action of each of the event's groups whose plan the reader writes."""
    actor = current_actor()
    if not actor.signed_in:
        return []
    found = [one for one in groups_of_event(event_id) if permissions.may_draft(actor, circle_of(one))]
    return [
        WayOn(
            f"/groups/{one.slug}/actions/new?note=",
            _("Make an action of %(group)s", group=one.name.wording(language()).text)
            if len(found) > 1
            else _("Make an action"),
        )
        for one in found
    ]
