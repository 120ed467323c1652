"""What other rooms' facts are news, and what makes the news read otherwise."""

from __future__ import annotations

from app.events.facts import EventChanged, EventStepTaken
from app.events.queries import event as event_of
from app.kernel import clock
from app.kernel.facts import Fact, on
from app.network.facts import CountryChanged
from app.news import services
from app.news.rules import NewsKind, news_of_step
from app.venues.facts import VenueChanged


@on(EventStepTaken)
def step_taken(fact: EventStepTaken) -> None:
    event = event_of(fact.event_id)
    if kind := news_of_step(fact.before, fact.after):
        services.tell(event, kind, at=event.content_changed_at)


@on(EventChanged)
def moved(fact: EventChanged) -> None:
    if fact.tells_participants:
        event = event_of(fact.event_id)
        services.tell(event, NewsKind.MOVED, at=event.content_changed_at)


@on(EventChanged, EventStepTaken, VenueChanged, CountryChanged)
def read_otherwise(_fact: Fact) -> None:
    # some of these facts carry no time, and only that it is a later one matters
    services.news_changed(now=clock.now())
