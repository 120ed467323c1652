from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from app.events.errors import EventNotFound
from app.events.models import (
    Event,
    EventLanguage,
    EventOrganisation,
    EventPerson,
    EventSeries,
    event_group,
    event_sector,
)
from app.events.rules import Filter, Status
from app.kernel.db import db
from app.network.models import Organisation, Project, ThematicGroup
from app.search.queries import refs
from app.venues.models import Venue


def event_id(slug: str) -> int:
    """Raises EventNotFound."""
    found = db.session.scalar(select(Event.id).where(Event.slug == slug))
    if found is None:
        raise EventNotFound(slug=slug)
    return found


def event(event_id: int) -> Event:
    """The event with what its rules ask about; raises EventNotFound."""
    found = db.session.get(Event, event_id)
    if found is None:
        raise EventNotFound(event_id=event_id)
    return found


def event_for_page(slug: str) -> Event:
    """The event with everything that its page shows, in a fixed number of queries; raises EventNotFound."""
    found = db.session.scalar(
        select(Event)
        .where(Event.slug == slug)
        .options(
            joinedload(Event.venue).joinedload(Venue.country),
            joinedload(Event.region),
            joinedload(Event.series),
            joinedload(Event.phase),
            joinedload(Event.project).joinedload(Project.programme),
            selectinload(Event.sectors),
            selectinload(Event.groups),
            selectinload(Event.languages),
            selectinload(Event.organisations).joinedload(EventOrganisation.organisation),
            selectinload(Event.persons).options(joinedload(EventPerson.person), joinedload(EventPerson.organisation)),
        )
    )
    if found is None:
        raise EventNotFound(slug=slug)
    return found


def lock_event(event_id: int) -> Event:
    """Load an event and hold it, so that two who change it come one after the other; raises EventNotFound."""
    found = db.session.scalar(
        select(Event).where(Event.id == event_id).with_for_update(), execution_options={"populate_existing": True}
    )
    if found is None:
        raise EventNotFound(event_id=event_id)
    return found


def conditions(filter: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks of an event. Lists and feeds both use this, so that one shows what the other does."""
    tests: list[ColumnElement[bool]] = []
    if filter.kind:
        tests.append(Event.kind == filter.kind)
    if filter.country:
        tests.append(Event.country_code == filter.country)
    if filter.sector:
        tests.append(Event.id.in_(select(event_sector.c.event_id).where(event_sector.c.sector_id == filter.sector)))
    if filter.group:
        tests.append(
            Event.id.in_(select(event_group.c.event_id).join(ThematicGroup).where(ThematicGroup.slug == filter.group))
        )
    if filter.project:
        tests.append(Event.project_id.in_(select(Project.id).where(Project.slug == filter.project)))
    if filter.place:
        tests.append(Event.venue_id.in_(select(Venue.id).where(Venue.city == filter.place)))
    if filter.language:
        tests.append(Event.id.in_(select(EventLanguage.event_id).where(EventLanguage.language == filter.language)))
    if filter.q:
        tests.append(Event.id.in_(refs("event", filter.q)))
    if filter.venue:
        tests.append(Event.venue_id.in_(select(Venue.id).where(Venue.slug == filter.venue)))
    if filter.organisation:
        tests.append(
            Event.id.in_(
                select(EventOrganisation.event_id).join(Organisation).where(Organisation.slug == filter.organisation)
            )
        )
    if filter.series:
        tests.append(Event.series_id.in_(select(EventSeries.id).where(EventSeries.slug == filter.series)))
    if filter.event:
        tests.append(Event.slug == filter.event)
    return tests


def memberships(event: Event) -> dict[str, list[str]]:
    """The values under which an event is found, by the names of the filter's parts."""
    return {
        "event": [event.slug],
        "kind": [event.kind],
        "country": [event.country_code or ""],
        "sector": [sector.id for sector in event.sectors],
        "group": [group.slug for group in event.groups],
        "project": [event.project.slug] if event.project else [],
        "place": [event.venue.city] if event.venue else [],
        "venue": [event.venue.slug] if event.venue else [],
        "language": [spoken.language for spoken in event.languages],
        "organisation": [part.organisation.slug for part in event.organisations],
        "series": [event.series.slug] if event.series else [],
    }


def over_but_not_held(now: datetime) -> Sequence[int]:
    """Published events whose end has passed."""
    return db.session.scalars(
        select(Event.id).where(Event.status == Status.PUBLISHED, Event.ends_at <= now).order_by(Event.id)
    ).all()
