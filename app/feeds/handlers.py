"""What other rooms' facts do to calendars."""

from __future__ import annotations

from app.agenda.facts import AgendaChanged
from app.events.facts import EventChanged, EventCreated, EventStepTaken
from app.feeds import services
from app.kernel import clock
from app.kernel.facts import on, once
from app.network.facts import OrganisationChanged
from app.venues.facts import VenueChanged


@once(EventCreated, EventChanged, EventStepTaken, AgendaChanged, by="event_id")
def render(event_id: int) -> None:
    services.refresh(event_id)


@on(VenueChanged)
def follow_venue(fact: VenueChanged) -> None:
    # a venue keeps no time of its last change, and the fact carries none
    services.refresh_venue(fact.venue_id, now=clock.now())


@on(OrganisationChanged)
def find_otherwise(_fact: OrganisationChanged) -> None:
    services.search_changed(clock.now())
