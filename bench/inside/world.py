"""Events by the thousand, written as plain rows: the verbs that everybody uses would take minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import insert, select

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.demo.network_data import load_network
from app.demo.venue_data import load_venues
from app.events.models import Event, EventLanguage, EventOrganisation, event_sector
from app.events.rules import Audience, Format, Kind, OrganisationRole, Status
from app.feeds import queries as feeds
from app.feeds.services import move_window, refresh
from app.kernel.dates import DatePrecision
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.network.models import Organisation, Sector
from app.registration.models import Allotment, RegistrationPolicy
from app.search.models import search_document
from app.search.rules import document
from app.venues.models import Room, Venue

AT_A_TIME = 5000
FIVE_YEARS = timedelta(days=5 * 365)
LANGUAGES = ("en", "it", "de")
_AGENDA = (
    ("Arrival and coffee", ItemKind.REGISTRATION, 0, 30),
    ("Welcome", ItemKind.WELCOME, 30, 45),
    ("What the region is good at", ItemKind.KEYNOTE, 45, 90),
    ("Three practices in ten minutes each", ItemKind.PRACTICE_PRESENTATION, 90, 120),
    ("Coffee", ItemKind.BREAK, 120, 135),
    ("Table 1: what members ask for", ItemKind.WORKING_TABLE, 135, 195),
    ("Proposals", ItemKind.PROPOSALS_SESSION, 195, 225),
    ("Lunch", ItemKind.MEAL, 225, 240),
)


@transactional
def found_network(now: datetime) -> None:
    """Organisations, projects and venues of the demonstration, without its events."""
    load_venues(load_network(now).organisations, now)


@transactional
def add_events(count: int, *, now: datetime, only_upcoming: bool) -> None:
    """Published events with seats, an organiser, sectors, languages and search documents; the database has none yet.

    They lie evenly over ten years, half of them past, so that a full page of upcoming ones needs 80. With
    ``only_upcoming`` they all lie within the two years to come. The first to come has an agenda.
    """
    venues = list(db.session.execute(select(Venue.id, Venue.country_code, Venue.timezone).order_by(Venue.id)))
    sectors = list(db.session.scalars(select(Sector.id).order_by(Sector.position)))
    organisers = list(db.session.scalars(select(Organisation.id).order_by(Organisation.id)))
    begin = now if only_upcoming else now - FIVE_YEARS
    step = (timedelta(days=730) if only_upcoming else 2 * FIVE_YEARS) / count
    makers: dict[Any, Callable[[int], dict[str, Any]]] = {
        Event: lambda number: _event(number, begin + number * step, venues[number % len(venues)], now),
        Allotment: _allotment,
        RegistrationPolicy: lambda number: {"event_id": number, "rejection_text": Texts()},
        EventOrganisation: lambda number: {
            "event_id": number,
            "organisation_id": organisers[number % len(organisers)],
            "role": OrganisationRole.ORGANISER,
            "unnamed_heads": 0,
        },
        event_sector: lambda number: {"event_id": number, "sector_id": sectors[number % len(sectors)]},
        EventLanguage: lambda number: {"event_id": number, "language": LANGUAGES[number % 3], "position": 0},
        search_document: lambda number: {
            "subject": "event",
            "ref": number,
            "folded": _document(number % 200) + f"\nedition {number}",
        },
    }
    for first in range(1, count + 1, AT_A_TIME):
        numbers = range(first, min(first + AT_A_TIME, count + 1))
        for table, make in makers.items():
            db.session.execute(insert(table), [make(number) for number in numbers])
    _add_agenda(1 if only_upcoming else count // 2 + 1, now)


def _event(number: int, starts_at: datetime, venue: Any, now: datetime) -> dict[str, Any]:
    starts_at = starts_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return {
        "id": number,
        "slug": f"bench-{number}",
        "uid": f"bench-{number}@filo.example",
        "sequence": 0,
        "kind": tuple(Kind)[number % 3],
        "format": Format.ON_SITE,
        "audience": Audience.PUBLIC,
        "listed": True,
        "on_lists": True,
        "status": Status.PUBLISHED if starts_at > now else Status.HELD,
        "title": _title(number % 200),
        "summary": _summary(number % 200),
        "description": Texts(en="We begin **on time**. Members of clusters tell what worked, and what did not."),
        "cost_note": Texts(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "timezone": venue.timezone,
        "date_precision": DatePrecision.DAY,
        "venue_id": venue.id,
        "country_code": venue.country_code,
        "edition_label": f"Edition {number}",
        "contact_email": "events@filo.example",
        "demonstration": True,
        "created_at": now,
        "content_changed_at": now,
        "revision": 1,
    }


def _allotment(number: int) -> dict[str, Any]:
    taken = number % 41
    return {
        "event_id": number,
        "capacity": 40,
        "has_waitlist": True,
        "next_number": taken + 1,
        "confirmed": taken,
        "waiting": 0,
    }


@cache
def _title(variety: int) -> Texts:
    return Texts(
        en=f"Clusters workshop on digital services {variety}",
        it=f"Clusters workshop sui servizi digitali {variety}",
        de=f"Cluster-Workshop über digitale Dienste {variety}",
    )


@cache
def _summary(variety: int) -> Texts:
    return Texts(
        en=f"What {variety} companies asked their clusters for, and what the clusters could answer within a year.",
        it=f"Che cosa {variety} imprese hanno chiesto ai loro cluster, e che cosa hanno avuto in risposta in un anno.",
        de=f"Was {variety} Betriebe von ihren Clustern wollten, und was diese binnen eines Jahres leisten konnten.",
    )


@cache
def _document(variety: int) -> str:
    return document(_title(variety).values(), _summary(variety).values())


def _add_agenda(event_id: int, now: datetime) -> None:
    room = select(Room.id).join(Event, Event.venue_id == Room.venue_id).where(Event.id == event_id).limit(1)
    room_id = db.session.scalar(room)
    start = 9 * 60
    db.session.add_all(
        AgendaItem(
            event_id=event_id,
            uid=f"bench-item-{number}@filo.example",
            day=0,
            start_minute=start + begins,
            end_minute=start + ends,
            kind=kind,
            title=Texts(en=title),
            abstract=Texts(),
            room_id=room_id,
            created_at=now,
            content_changed_at=now,
        )
        for number, (title, kind, begins, ends) in enumerate(_AGENDA)
    )


def render_feeds(now: datetime, *, most: int | None = None) -> None:
    """Make the calendar entries of the first or of all events, as the verbs on events do."""
    move_window(now)
    event_ids = sorted(feeds.events_to_render())[:most]
    for first in range(0, len(event_ids), 100):
        _render(event_ids[first : first + 100])


@transactional
def _render(event_ids: Any) -> None:
    for event_id in event_ids:
        refresh(event_id)
