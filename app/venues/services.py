from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.kernel.dates import UnknownZone, zone
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.texts import LANGUAGES
from app.network import queries as network
from app.network.actors import Actor
from app.network.services.organisations import check_place
from app.network.services.slugs import free_slug
from app.search.facets import Facets
from app.search.services import index
from app.venues import permissions, queries, rules
from app.venues.errors import CityMissing, MayNotManageVenue, RoomInUse, UnknownTimeZone, VenueNameMissing
from app.venues.facts import VenueChanged
from app.venues.models import Room, Venue
from app.venues.rules import RoomInput, VenueInput, Whereabouts


@transactional
def add_venue(
    data: VenueInput, *, actor: Actor, now: datetime, slug: str | None = None, demonstration: bool = False
) -> Venue:
    """Enter a venue with its rooms.

    Raises MayNotManageVenue, and Invalid with the field: a missing name or city, an unknown zone, a pin outside
    the country, a room without name or seats.
    """
    _check(data, actor)
    name = data.name.wording(LANGUAGES[0]).text
    venue = Venue(slug=slug or free_slug(Venue, name), demonstration=demonstration)
    _write(venue, data)
    venue.rooms = [Room(name=room.name.strip(), seats=room.seats, layouts=list(room.layouts)) for room in data.rooms]
    db.session.add(venue)
    db.session.flush()
    reindex(venue)
    audit.note("venue.added", subject=f"venue:{venue.slug}", account_id=actor.account_id, now=now)
    return venue


@transactional
def edit_venue(venue_id: int, data: VenueInput, *, actor: Actor, now: datetime) -> Venue:
    """Change a venue; rooms that are no longer named go. Raises as :func:`add_venue` does, VenueNotFound, RoomInUse."""
    venue = queries.venue(venue_id)
    if not permissions.may_manage_venue(actor, venue.operator_id):
        raise MayNotManageVenue
    _check(data, actor)
    before, called = whereabouts_of(venue), {room.id: room.name for room in venue.rooms}
    _write(venue, data)
    _write_rooms(venue, data.rooms)
    reindex(venue)
    renamed = frozenset(room.id for room in venue.rooms if called.get(room.id, room.name) != room.name)
    moves = rules.has_moved(before, whereabouts_of(venue))
    record(VenueChanged(venue_id=venue.id, at=now, moves=moves, renamed_room_ids=renamed))
    audit.note("venue.edited", subject=f"venue:{venue.slug}", account_id=actor.account_id, now=now)
    return venue


def whereabouts_of(venue: Venue) -> Whereabouts:
    """By what people find it now."""
    lines = (venue.street, venue.postcode, venue.city, venue.country_code)
    north, east = venue.latitude, venue.longitude
    return Whereabouts(
        name=venue.name,
        address=tuple(" ".join((line or "").split()) for line in lines),
        pin=(north, east) if north is not None and east is not None else None,
    )


def _check(data: VenueInput, actor: Actor) -> None:
    if not permissions.may_manage_venue(actor, data.operator_id):
        raise MayNotManageVenue
    network.organisation(data.operator_id)
    if not data.name:
        raise VenueNameMissing(field="name_en")
    if not data.city.strip():
        raise CityMissing(field="city")
    try:
        zone(data.timezone)
    except UnknownZone as error:
        raise UnknownTimeZone(field="timezone") from error
    check_place(data.country_code, data.region_code, data.latitude, data.longitude)
    rules.check_rooms(data.rooms)


def _write(venue: Venue, data: VenueInput) -> None:
    venue.name = data.name
    venue.operator_id = data.operator_id
    venue.street, venue.postcode, venue.city = data.street, data.postcode, data.city.strip()
    venue.country_code, venue.region_code = data.country_code, data.region_code or None
    venue.latitude, venue.longitude = data.latitude, data.longitude
    venue.timezone = data.timezone
    venue.access, venue.step_free, venue.house_rules = data.access, data.step_free, data.house_rules


def _write_rooms(venue: Venue, wanted: tuple[RoomInput, ...]) -> None:
    """Rooms that go leave first, so that another may take their name."""
    there = {room.id: room for room in venue.rooms}
    kept = {room.id for room in wanted if room.id in there}
    try:
        venue.rooms = [room for room in venue.rooms if room.id in kept]
        db.session.flush()
    except IntegrityError as error:
        raise RoomInUse from error
    for given in wanted:
        room = there.get(given.id) if given.id in kept else None
        if room is None:
            room = Room()
            venue.rooms.append(room)
        room.name, room.seats, room.layouts = given.name.strip(), given.seats, list(given.layouts)
    db.session.flush()


@transactional
def reindex(venue: Venue) -> None:
    """Put the search document anew."""
    operator = network.organisation(venue.operator_id)
    texts = [venue.city, venue.street or "", operator.name, operator.short_name or "", *operator.aliases]
    index("venue", venue.id, names=venue.name.all_words(), texts=texts, facets=Facets(countries=(venue.country_code,)))
