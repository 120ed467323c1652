"""The mails about hosts; worded when they are sent, from what is true then."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.events.presenters import place_line, when_line
from app.invitations.presenters import organiser_names
from app.kernel import clock
from app.kernel.date_words import day_words, local_day
from app.mail.composing import Letter, composes
from app.visits import links, queries
from app.visits.models import HostRequest
from app.visits.presenters.hosts import host_view, when_of
from app.visits.presenters.titles import title_of
from app.visits.rules.hosts import ANSWERED, HostState
from app.visits.services.hosts import is_over


@composes("host_request")
def host_request(context: dict[str, Any], locale: str) -> Letter | None:
    return _while_asked(context, locale)


@composes("host_reminder")
def host_reminder(context: dict[str, Any], locale: str) -> Letter | None:
    return _while_asked(context, locale)


@composes("host_answered")
def host_answered(context: dict[str, Any], locale: str) -> Letter | None:
    """To the organiser: what the host said, and what is still to be done."""
    request = queries.request_for_mail(context["item_id"])
    if request is None or request.state not in ANSWERED:
        return None
    event = request.item.event
    view = host_view(request.item, request, local_day(clock.now(), event.timezone))
    page = f"{_public_url()}/manage/events/{event.slug}/itinerary"
    return Letter(
        values={
            **_values(request, locale),
            "state": request.state,
            "state_words": view.words,
            "told": list(view.told),
            "missing": list(view.missing),
            "wished": view.wished,
            "link": f"{page}#item-{request.item_id}",
        },
        headers={"Reply-To": request.email},
    )


def _while_asked(context: dict[str, Any], locale: str) -> Letter | None:
    """The letter, as long as the host is silent and the visit can take place."""
    request = queries.request_for_mail(context["item_id"])
    if request is None or request.state is not HostState.ASKED or is_over(request.item.event, clock.now()):
        return None
    return Letter(values={**_values(request, locale), "link": links.url(request), "due": day_words(request.due_on)})


def _values(request: HostRequest, locale: str) -> dict[str, Any]:
    event = request.item.event
    return {
        "name": request.name,
        "stop": title_of(request.item),
        "stop_when": when_of(request.item),
        "organisers": organiser_names(event.id) or _("the organiser"),
        "event_title": event.title.wording(locale).text,
        "when": when_line(event),
        "where": place_line(event),
        "online_url": "",
        "event_url": f"{_public_url()}/events/{event.slug}",
        "contact": event.contact_email or "",
    }


def _public_url() -> str:
    return current_app.config["FILO"].public_url  # type: ignore[no-any-return]
