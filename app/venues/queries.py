from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.search.queries import refs
from app.venues.errors import VenueNotFound
from app.venues.models import Room, Venue


def venue(venue_id: int) -> Venue:
    """Raises VenueNotFound."""
    found = db.session.get(Venue, venue_id)
    if found is None:
        raise VenueNotFound(venue_id=venue_id)
    return found


def venue_for_page(slug: str) -> Venue:
    """The venue with everything that its page shows; raises VenueNotFound."""
    found = db.session.scalar(
        select(Venue)
        .where(Venue.slug == slug)
        .options(
            joinedload(Venue.operator),
            joinedload(Venue.country),
            joinedload(Venue.region),
            selectinload(Venue.rooms),
        )
    )
    if found is None:
        raise VenueNotFound(slug=slug)
    return found


def listed_venues(*, country: str | None = None, q: str | None = None) -> Sequence[Venue]:
    """Venues by country and city, with their operators and rooms."""
    query = select(Venue).order_by(Venue.country_code, Venue.city, Venue.id)
    if country:
        query = query.where(Venue.country_code == country)
    if q:
        query = query.where(Venue.id.in_(refs("venue", q)))
    return db.session.scalars(
        query.options(joinedload(Venue.operator), joinedload(Venue.country), selectinload(Venue.rooms))
    ).all()


def managed_venues(operator_ids: frozenset[int] | None) -> Sequence[Venue]:
    """The venues of these operators, or all of them."""
    query = select(Venue).order_by(Venue.city, Venue.id).options(joinedload(Venue.operator), selectinload(Venue.rooms))
    if operator_ids is not None:
        query = query.where(Venue.operator_id.in_(operator_ids))
    return db.session.scalars(query).all()


def venues_by_country() -> dict[str, int]:
    """How many venues each country has."""
    rows = db.session.execute(
        select(Venue.country_code, func.count()).group_by(Venue.country_code).order_by(Venue.country_code)
    )
    return {row[0]: row[1] for row in rows}


def rooms(venue_id: int) -> Sequence[Room]:
    return db.session.scalars(select(Room).where(Room.venue_id == venue_id).order_by(Room.name)).all()
