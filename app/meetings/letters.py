"""Mails about meetings: somebody asks, somebody accepts, the schedule stands or changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app

from app.events.models import Event
from app.events.presenters import place_line
from app.events.rules import Status
from app.kernel import clock
from app.mail.composing import Letter, composes
from app.meetings import presenters, queries
from app.meetings.calendar_entry import meetings_file
from app.meetings.presenters.words import topic_words
from app.meetings.rules import RequestState
from app.meetings.services.asking import ACCEPTED, REQUESTED
from app.meetings.services.scheduling import SCHEDULE
from app.registration import links
from app.registration import queries as registrations
from app.registration.models import Registration
from app.registration.presenters import facts_of
from app.registration.rules import Place

JUST_CANCELLED = timedelta(days=1)  # what this mail takes out of a calendar again


@composes(REQUESTED)
def requested(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as the request waits for an answer."""
    request = queries.request_for_mail(context["request_id"])
    if request is None or request.state is not RequestState.OPEN:
        return None
    to = registrations.registration_for_mail(request.to_id)
    if to is None or not _takes_place(to):
        return None
    asks = queries.profile(request.from_id)
    words = topic_words()
    return Letter(
        values={
            **_values(to, locale),
            "name": presenters.name_of(request.asker),
            "organisation": request.asker.organisation,
            "said": request.reason,
            "offers": presenters.said_topics(asks.offers, words) if asks else (),
            "needs": presenters.said_topics(asks.needs, words) if asks else (),
            "until": presenters.moment(request.expires_at, to.allotment.event),
        }
    )


@composes(ACCEPTED)
def accepted(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as it stands."""
    request = queries.request_for_mail(context["request_id"])
    if request is None or request.state is not RequestState.ACCEPTED:
        return None
    to = registrations.registration_for_mail(request.from_id)
    if to is None or not _takes_place(to):
        return None
    return Letter(
        values={
            **_values(to, locale),
            "name": presenters.name_of(request.asked),
            "organisation": request.asked.organisation,
        }
    )


@composes(SCHEDULE)
def schedule(context: dict[str, Any], locale: str) -> Letter | None:
    """What is true when it is sent, with the entries for a calendar; nothing to those who lost their place."""
    to = registrations.registration_for_mail(context["registration_id"])
    if to is None or not _takes_place(to):
        return None
    event = to.allotment.event
    lines = presenters.schedule_of(event, to.id, queries.meetings_of([to.id]), clock.now())
    told = queries.meetings_of([to.id], cancelled_since=clock.now() - JUST_CANCELLED)
    return Letter(
        values={**_values(to, locale), "meetings": lines, "paper_link": f"{links.url(to)}/meetings.pdf"},
        calendar=meetings_file(event, told, to.id, locale),
    )


def _takes_place(to: Registration) -> bool:
    return to.place is Place.CONFIRMED and to.allotment.event.status is Status.PUBLISHED


def _values(to: Registration, locale: str) -> dict[str, Any]:
    event: Event = to.allotment.event
    facts = facts_of(event)
    return {
        "full_name": presenters.name_of(to),
        "event_title": event.title.wording(locale).text,
        "when": f"{facts.when} ({facts.when.zone})" if facts.when.zone else str(facts.when),
        "where": place_line(event),
        "online_url": "",
        "event_url": f"{current_app.config['FILO'].public_url}/events/{event.slug}",
        "link": f"{links.url(to)}/meetings",
        "contact": event.contact_email or "",
    }
