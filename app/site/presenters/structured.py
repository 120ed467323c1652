"""An event for search engines: what its page says, as schema.org wants it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.calendars.schema_org import (
    Address,
    Attendance,
    Availability,
    Occasion,
    Offer,
    State,
    schema_event,
)
from app.events.models import Event
from app.events.rules import ORGANISING, SPEAKING, Format, Status
from app.feeds.entries import public_entry
from app.kernel.dates import DatePrecision
from app.news.queries import previous_start
from app.registration.presenters import SeatsView
from app.registration.rules import Window

ATTENDANCE = {
    Format.ON_SITE: Attendance.OFFLINE,
    Format.ONLINE: Attendance.ONLINE,
    Format.HYBRID: Attendance.MIXED,
}
STATES = {Status.CALLED_OFF: State.CANCELLED, Status.POSTPONED: State.POSTPONED}
AVAILABILITY = {
    Window.OPEN: Availability.IN_STOCK,
    Window.WAITLIST: Availability.SOLD_OUT,
    Window.FULL: Availability.SOLD_OUT,
    Window.NOT_YET_OPEN: Availability.PRE_SALE,
}


def structured(event: Event, seats: SeatsView, language: str) -> dict[str, Any] | None:
    """The event of a public page; None for what stands on no list or has no exact day."""
    if not event.on_lists or event.date_precision is not DatePrecision.DAY:
        return None
    entry = public_entry(event, language)
    state, before = STATES.get(event.status, State.SCHEDULED), None
    if state is State.SCHEDULED and (before := previous_start(event)):
        state = State.RESCHEDULED
    occasion = Occasion(
        entry=entry,
        name=event.title.wording(language).text,
        summary=event.summary.wording(language).text,
        state=state,
        attendance=ATTENDANCE[event.format],
        languages=tuple(spoken.language for spoken in event.languages),
        previous_start=before,
        address=_address(event, language),
        organisers=tuple(
            (part.organisation.name, f"{_public_url()}/organisations/{part.organisation.slug}")
            for part in event.organisations
            if part.role in ORGANISING
        ),
        performers=tuple(
            part.person.full_name for part in event.persons if part.role in SPEAKING and part.person.is_public
        ),
        offer=_offer(event, seats, entry.url),
    )
    return schema_event(occasion)


def _address(event: Event, language: str) -> Address | None:
    venue = event.venue
    if venue is None:
        return None
    return Address(
        name=venue.name.wording(language).text,
        street=venue.street or "",
        postcode=venue.postcode or "",
        city=venue.city,
        country_code=venue.country_code,
    )


def _offer(event: Event, seats: SeatsView, url: str) -> Offer | None:
    """Places cost nothing; what is said about costs is said in words, and then nothing is promised here."""
    availability = AVAILABILITY.get(seats.state)
    if availability is None or event.cost_note:
        return None
    return Offer(
        url=f"{url}/register" if seats.can_register else url,
        availability=availability,
        opens_at=seats.opens_at,
        closes_at=seats.closes_at,
    )


def _public_url() -> str:
    url: str = current_app.config["FILO"].public_url
    return url
