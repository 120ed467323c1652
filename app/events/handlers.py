"""What other rooms' facts and the passing of time do to events."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from app.events import queries, services
from app.jobs.worker import recurs
from app.kernel.errors import Conflict
from app.kernel.facts import on
from app.network.actors import SYSTEM
from app.network.facts import OrganisationChanged, PersonChanged, SectorChanged
from app.venues.facts import VenueChanged


@recurs("hold_past_events", every=timedelta(minutes=5))
def hold_past_events(now: datetime) -> None:
    """Published events that have ended are held."""
    for event_id in queries.over_but_not_held(now):
        with suppress(Conflict):  # moved, or called off, since it was listed
            services.hold(event_id, actor=SYSTEM, now=now)


@on(VenueChanged)
def move_with_venue(fact: VenueChanged) -> None:
    if fact.moves:
        services.move_with_venue(fact.venue_id, now=fact.at)


@on(VenueChanged)
def index_venue(fact: VenueChanged) -> None:
    for event_id in queries.at_venue(fact.venue_id):
        services.reindex(event_id)


@on(PersonChanged)
def index_person(fact: PersonChanged) -> None:
    for event_id in queries.of_person(fact.person_id):
        services.reindex(event_id)


@on(SectorChanged)
def index_sector(fact: SectorChanged) -> None:
    for event_id in queries.in_sector(fact.sector_id):
        services.reindex(event_id)


@on(OrganisationChanged)
def index_organisation(fact: OrganisationChanged) -> None:
    for event_id in queries.of_organisation(fact.organisation_id):
        services.reindex(event_id)
