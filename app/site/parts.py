"""Renders the parts of public pages that may be kept: the same for everybody who is not signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

from app.events import queries as events
from app.events.rules import Kind
from app.events.services.access import visible_event
from app.feeds.presenters import Subscription, subscription
from app.network.actors import Actor
from app.site.cache import Part
from app.site.pages import filter_values
from app.site.presenters.choices import Values, chips, choices, unknown, words_set
from app.site.presenters.event_page import event_page
from app.site.presenters.listing import listing
from app.site.presenters.maps import HUES, map_page
from app.site.presenters.months import month_page
from app.site.rules import View, Wanted, When


def of_list(wanted: Wanted, version: int, now: datetime, language: str) -> Part:
    """The list, month or map that is wanted; with an unknown value in the filter, nothing and why."""
    values = filter_values(version, now)
    unknown_names = unknown(wanted, values)
    render = {View.LIST: _list, View.MONTH: _month, View.MAP: _map}[wanted.view]
    context = {
        "wanted": wanted,
        "choices": choices(wanted, values, language),
        "chips": chips(wanted, values, language),
        "kinds": _kinds(wanted),
        "views": _views(wanted),
        "times": _times(wanted),
        "unknown": unknown_names,
        "subscription": None if unknown_names else _subscription(wanted, values, language),
    }
    return render(wanted, now, language, context)


def _list(wanted: Wanted, now: datetime, language: str, context: dict[str, Any]) -> Part:
    page = listing(wanted, now, language, empty=bool(context["unknown"]))
    title = _("Past events") if wanted.when is When.PAST else _("Events")
    return Part(
        texts=_texts("site/_list.html", title, page=page, **context),
        seats=page.details.seats,
        changes_at=page.changes_at,
    )


def _month(wanted: Wanted, now: datetime, language: str, context: dict[str, Any]) -> Part:
    page = month_page(wanted, now, language, empty=bool(context["unknown"]))
    return Part(texts=_texts("site/_month.html", page.title, page=page, **context), changes_at=page.changes_at)


def _map(wanted: Wanted, now: datetime, language: str, context: dict[str, Any]) -> Part:
    page = map_page(wanted, now, language, empty=bool(context["unknown"]))
    return Part(
        texts=_texts("site/_map.html", _("Events on the map"), page=page, **context),
        seats=page.details.seats,
        changes_at=page.changes_at,
    )


def of_event(slug: str, actor: Actor, now: datetime, language: str) -> Part:
    """The page of an event; raises EventNotFound for whoever may not see it."""
    visible_event(slug, actor)
    page = event_page(events.event_for_page(slug), actor, now, language)
    texts = {
        "title": page.title.text,
        "description": page.summary.text,
        "main": _rendered("site/_event.html", page=page),
        "funding": _rendered("site/_funding.html", funding=page.funding) if page.funding else "",
        "structured": _rendered("site/_structured.html", event=page.structured) if page.structured else "",
        "is_listed": "yes" if page.is_listed else "",
        "entry_address": f"/events/{page.slug}" if page.has_entry else "",
    }
    return Part(texts=texts, seats=page.seats_by_id, changes_at=page.changes_at)


def _texts(template: str, title: str, **context: Any) -> dict[str, str]:
    return {"title": title, "main": _rendered(template, title=title, **context)}


def _rendered(template: str, **context: Any) -> Markup:
    # without the context of a request: what is kept must not depend on who asked for it
    return Markup(current_app.jinja_env.get_template(template).render(**context))  # noqa: S704 - a template escaped it


def _subscription(wanted: Wanted, values: Values, language: str) -> Subscription:
    return subscription(wanted.filter, name=" · ".join([_("Filò events"), *words_set(wanted, values, language)]))


def _kinds(wanted: Wanted) -> list[tuple[str, str, bool, str]]:
    words = {
        Kind.CLUSTERS_WORKSHOP: _("Workshops"),
        Kind.STUDY_VISIT: _("Study visits"),
        Kind.EXCHANGE_FORUM: _("Exchange forums"),
    }
    every = (wanted.narrowed(kind=None).address(), _("All kinds"), not wanted.filter.kind, "")
    one = ((wanted.narrowed(kind=kind).address(), words[kind], wanted.filter.kind == kind, HUES[kind]) for kind in Kind)
    return [every, *one]


def _views(wanted: Wanted) -> list[tuple[str, str, bool, str]]:
    words = {View.LIST: (_("List"), "list"), View.MONTH: (_("Month"), "calendar-days"), View.MAP: (_("Map"), "map")}
    return [
        (wanted.other(view=view, month=None).address(), words[view][0], wanted.view is view, words[view][1])
        for view in View
    ]


def _times(wanted: Wanted) -> list[tuple[str, str, bool]]:
    words = {When.UPCOMING: _("Upcoming"), When.PAST: _("Past")}
    return [(wanted.other(when=when).address(), words[when], wanted.when is when) for when in When]
