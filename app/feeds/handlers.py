"""What other rooms' facts do to calendars."""

from __future__ import annotations

from app.agenda.facts import AgendaChanged
from app.events.facts import EventChanged, EventCreated, EventStepTaken, SeriesChanged
from app.feeds import services
from app.kernel import clock
from app.kernel.facts import on, once
from app.network.facts import CountryChanged, OrganisationChanged, PersonChanged, SectorChanged
from app.venues.facts import VenueChanged


@once(EventCreated, EventChanged, EventStepTaken, AgendaChanged, by="event_id")
def render(event_id: int) -> None:
    services.refresh(event_id)


@on(VenueChanged)
def follow_venue(fact: VenueChanged) -> None:
    services.refresh_venue(fact.venue_id, now=fact.at)


@on(SectorChanged)
def follow_sector(fact: SectorChanged) -> None:
    services.refresh_sector(fact.sector_id, now=clock.now())


@on(SeriesChanged)
def follow_series(fact: SeriesChanged) -> None:
    services.collection_changed(f"series:{fact.slug}", now=clock.now())


@on(CountryChanged)
def follow_country(fact: CountryChanged) -> None:
    services.collection_changed(f"country:{fact.country_code}", now=clock.now())


@on(PersonChanged)
def follow_person(fact: PersonChanged) -> None:
    services.refresh_named(person_id=fact.person_id, now=clock.now())


@on(OrganisationChanged)
def follow_organisation(fact: OrganisationChanged) -> None:
    services.refresh_named(organisation_id=fact.organisation_id, now=clock.now())
