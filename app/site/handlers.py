"""Whatever a public page shows of an event makes its rendered parts untrue, in the same transaction."""

from __future__ import annotations

from app.agenda.facts import AgendaChanged
from app.changes.rules import PAGES
from app.changes.services import touch
from app.events.facts import EventChanged, EventCreated, EventStepTaken, SeriesChanged
from app.kernel import clock
from app.kernel.facts import Fact, on
from app.materials.facts import MaterialsChanged
from app.needs.facts import NeedChanged
from app.network.facts import CountryChanged, OrganisationChanged, PersonChanged, SectorChanged
from app.speakers.facts import SpeakersShown
from app.stories.facts import StoryChanged
from app.venues.facts import VenueChanged


@on(
    EventCreated,
    EventChanged,
    EventStepTaken,
    SeriesChanged,
    AgendaChanged,
    MaterialsChanged,
    NeedChanged,
    SpeakersShown,
    StoryChanged,
    VenueChanged,
    OrganisationChanged,
    PersonChanged,
    SectorChanged,
    CountryChanged,
)
def pages_changed(_fact: Fact) -> None:
    # some of these facts carry no time, and only that it is a later one matters
    touch({PAGES}, now=clock.now())
