"""One row with plain defaults; name only what a test is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.accounts.models import Account
from app.events.models import Event, EventOrganisation
from app.events.rules import Kind, OrganisationRole, Status, stands_on_lists
from app.kernel.db import db
from app.kernel.ids import opaque_id, slugify
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.network.models import Affiliation, Country, Organisation, OrganisationTypeRow, Person
from app.network.rules import OrganisationType
from app.registration.models import Allotment, RegistrationPolicy
from app.venues.models import Room, Venue

NOW = datetime(2027, 1, 13, 12, 0, tzinfo=UTC)


def _put(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()  # verbs let go first what their caller has not committed
    return row


def make_country(code: str = "IT") -> Country:
    boxes = {"IT": (35.4, 6.6, 47.1, 18.6), "DE": (47.2, 5.8, 55.1, 15.1)}
    south, west, north, east = boxes.get(code, (34.0, -12.0, 72.0, 34.0))
    found = db.session.get(Country, code)
    return found or _put(Country(code=code, name=Texts(en=code), south=south, west=west, north=north, east=east))


def make_organisation(name: str = "Cluster Example", *, country: str = "IT", **changes: Any) -> Organisation:
    kind = changes.pop("type", OrganisationType.CLUSTER_ORGANISATION)
    make_country(country)
    values: dict[str, Any] = {
        "slug": f"{slugify(name)}-{opaque_id(6)}",
        "name": name,
        "about": Texts(),
        "country_code": country,
        "types": [OrganisationTypeRow(type=kind, is_primary=True)],
    }
    return _put(Organisation(**values | changes))


def make_venue(name: str = "Hall", *, country: str = "IT", **changes: Any) -> Venue:
    make_country(country)
    operator = changes.pop("operator", None) or make_organisation(f"Operator of {name}", country=country)
    values: dict[str, Any] = {
        "slug": f"{slugify(name)}-{opaque_id(6)}",
        "name": Texts(en=name),
        "operator_id": operator.id,
        "street": "Via Esempio 1",
        "postcode": "38068",
        "city": "Rovereto",
        "country_code": country,
        "latitude": 45.89,
        "longitude": 11.03,
        "timezone": "Europe/Rome",
        "access": Texts(),
        "house_rules": Texts(),
    }
    return _put(Venue(**values | changes))


def make_room(venue: Venue, name: str = "Room 1", seats: int = 40) -> Room:
    return _put(Room(venue_id=venue.id, name=name, seats=seats, layouts=[]))


def make_person(given: str = "Ada", family: str = "Esempio", **changes: Any) -> Person:
    values: dict[str, Any] = {
        "slug": opaque_id(10),
        "given_name": given,
        "family_name": family,
        "bio": Texts(),
        "languages": [],
    }
    return _put(Person(**values | changes))


def make_account(email: str = "ada@filo.example", **changes: Any) -> Account:
    values: dict[str, Any] = {"email": email, "email_key": email.casefold(), "created_at": NOW}
    return _put(Account(**values | changes))


def make_manager(organisation: Organisation, email: str = "ada@filo.example") -> Actor:
    """Somebody who manages an organisation, as the actor that services ask for."""
    account = make_account(email)
    person = make_person(account_id=account.id, email=email)
    _put(Affiliation(person_id=person.id, organisation_id=organisation.id, job=Texts(), is_manager=True))
    return Actor(
        account_id=account.id,
        person_id=person.id,
        name=person.full_name,
        email=email,
        organisation_ids=frozenset({organisation.id}),
        managed_ids=frozenset({organisation.id}),
    )


def make_event(title: str = "Workshop", **changes: Any) -> Event:
    """A published event in ten days, with an organiser and a venue, and an allotment of ``capacity`` seats."""
    capacity = changes.pop("capacity", 40)
    has_waitlist = changes.pop("has_waitlist", True)
    opens_at, closes_at = changes.pop("opens_at", None), changes.pop("closes_at", None)
    policy = changes.pop("policy", {})
    organiser = changes.pop("organiser", None) or make_organisation()
    venue = changes.pop("venue", None) or make_venue()
    starts = changes.pop("starts_at", NOW + timedelta(days=10))
    values: dict[str, Any] = {
        "slug": f"{slugify(title)}-{opaque_id(6)}",
        "uid": f"{opaque_id()}@filo.example",
        "kind": Kind.CLUSTERS_WORKSHOP,
        "title": Texts(en=title),
        "summary": Texts(),
        "description": Texts(),
        "cost_note": Texts(),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=4),
        "timezone": "Europe/Rome",
        "venue": venue,
        "country_code": venue.country_code,
        "status": Status.PUBLISHED,
        "listed": True,
        "created_at": NOW - timedelta(days=30),
        "content_changed_at": NOW - timedelta(days=30),
        "organisations": [EventOrganisation(organisation=organiser, role=OrganisationRole.ORGANISER)],
    }
    event = Event(**values | changes)
    db.session.add(event)
    db.session.flush()
    event.on_lists = stands_on_lists(listed=event.listed, audience=event.audience, status=event.status)
    _put(
        Allotment(
            event_id=event.id, capacity=capacity, has_waitlist=has_waitlist, opens_at=opens_at, closes_at=closes_at
        )
    )
    _put(RegistrationPolicy(**{"event_id": event.id, "rejection_text": Texts()} | policy))
    return event
