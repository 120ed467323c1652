"""What pages of organisations, projects, groups, sectors and venues show of events."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.events.rules import Filter
from app.feeds.presenters import subscription
from app.kernel import clock
from app.kernel.i18n import language
from app.network.actors import Actor
from app.network.current import current_actor
from app.network.panels import Panel, register_panel
from app.network.permissions import has_role_in, may_see_inside
from app.site import queries
from app.site.presenters.connections import connections
from app.site.presenters.lines import Details, EventLine, by_month, lines
from app.site.rules import Wanted, When

Months = list[tuple[str, list[EventLine]]]
MOST_UPCOMING = 20
MOST_PAST = 10
MOST_CONNECTIONS = 20
MOST_INSIDE = 200


def register_panels() -> None:
    """Put the events on the pages of those who have a part in them, and whom an organisation met there."""
    register_panel("organisation", of_organisation)
    register_panel("organisation", connections_of)
    register_panel("project", of_project)
    register_panel("group", of_group)
    register_panel("sector", of_sector)
    register_panel("venue", of_venue)


def of_organisation(organisation: Any) -> Panel:
    return _panel(Filter(organisation=organisation.slug), organisation.name)


def connections_of(organisation: Any) -> Panel | None:
    """Those who had a part in the same events; nothing while there is nobody."""
    found = connections(queries.met_at(organisation.id), language())
    if not found:
        return None
    context = {"connections": found[:MOST_CONNECTIONS], "more": len(found[MOST_CONNECTIONS:])}
    return "site/_connections_panel.html", context


def of_project(project: Any) -> Panel:
    """What everybody sees, and for those who work on the project or observe it what stands on no list."""
    template, context = _panel(Filter(project=project.slug), project.acronym)
    return template, {**context, "inside": _inside(project.id, current_actor())}


def of_group(group: Any) -> Panel:
    return _panel(Filter(group=group.slug), group.name.wording(language()).text)


def of_sector(sector: Any) -> Panel:
    return _panel(Filter(sector=sector.id), sector.name.wording(language()).text)


def of_venue(venue: Any) -> Panel:
    return _panel(Filter(venue=venue.slug), venue.name.wording(language()).text)


def _panel(filter: Filter, name: str) -> Panel:
    upcoming, past = _lines(filter)
    has_list = not (filter.organisation or filter.venue)
    context = {
        "upcoming": upcoming,
        "past": past,
        "inside": [],
        "all_url": Wanted(filter=filter).address() if has_list else None,
        "subscription": subscription(filter, name=_("%(name)s: events", name=name)),
    }
    return "site/_events_panel.html", context


def _inside(project_id: int, actor: Actor) -> Months:
    if not has_role_in(actor, project_id):
        return []
    rows = [
        row
        for row in queries.events_inside(project_id, limit=MOST_INSIDE)
        if actor.is_administrator or may_see_inside(actor, project_id, row.phase_number)
    ]
    details = Details.of([row.id for row in rows])
    return by_month(lines(rows, details, clock.now(), language()))


def _lines(filter: Filter) -> tuple[Months, Months]:
    now, lang = clock.now(), language()
    coming, gone = (
        queries.page_of_events(filter, when, now, limit=limit, after=None, before=None)
        for when, limit in ((When.UPCOMING, MOST_UPCOMING), (When.PAST, MOST_PAST))
    )
    details = Details.of([row.id for row in (*coming, *gone)])
    return by_month(lines(coming, details, now, lang)), by_month(lines(gone, details, now, lang))
