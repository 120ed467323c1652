"""An event of today with many confirmed people, for trying check-in, papers, screens and phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.demo import people
from app.demo.day_agenda import lay_agenda
from app.demo.more import ZONE, organiser_id
from app.events import queries as events
from app.events import services as event_verbs
from app.events.rules import Format, Kind
from app.events.services import EventInput
from app.kernel.date_words import local_day
from app.kernel.dates import instant
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.presence.services.helping import make_link
from app.registration.inputs import Application, SeatsInput
from app.registration.services import joining, seats
from app.venues.models import Venue

BEFORE = timedelta(days=20)
AT_ONCE = 250
MANAGED = "hub-innovazione-trentino"  # by organiser@filo.example, where the demonstration is loaded


@dataclass(frozen=True, slots=True)
class DemoDay:
    """Where to try it: the event, and the secret of a helper's link."""

    slug: str
    secret: str


@transactional
def publish_demo_day(*, count: int, now: datetime) -> DemoDay:
    """Publish a workshop of today, let everybody in as if they had registered earlier, and make a helper's link."""
    then = now - BEFORE
    event_id = event_verbs.create(
        values=_values(count, now), organiser_id=managing_organiser(then), actor=SYSTEM, now=then, demonstration=True
    )
    slug = events.event(event_id).slug
    seats.change_seats(event_slug=slug, values=SeatsInput(capacity=count), actor=SYSTEM, now=then)
    lay_agenda(events.event(event_id), now=now, then=then)
    event_verbs.publish(event_id, actor=SYSTEM, now=then)
    for first in range(0, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        joining.admit(event_id, [_application(number) for number in numbers], now=then)
    _link, secret = make_link(event_slug=slug, label="Demonstration", day=1, actor=SYSTEM, now=now)
    return DemoDay(slug, secret)


def _values(count: int, now: datetime) -> EventInput:
    today = local_day(now, ZONE)
    ends_at = instant(today, time(18), ZONE)
    if ends_at <= now:
        ends_at = instant(today, time(23, 59), ZONE)
    venue_id = db.session.scalar(select(Venue.id).order_by(Venue.id).limit(1))
    return EventInput(
        kind=Kind.CLUSTERS_WORKSHOP,
        format=Format.ON_SITE if venue_id else Format.ONLINE,
        title=Texts(
            en=f"Demonstration day for {count}",
            it=f"Giornata dimostrativa per {count}",
            de=f"Demonstrationstag für {count}",
        ),
        starts_at=instant(today, time(0, 30), ZONE),
        ends_at=ends_at,
        timezone=ZONE,
        venue_id=venue_id,
        online_url=None if venue_id else "https://meet.filo.example/demonstration",
        contact_email="events@filo.example",
        languages=("en",),
    )


def managing_organiser(now: datetime) -> int:
    """The organisation that organiser@filo.example manages, where the demonstration is loaded; else one of its own."""
    return db.session.scalar(select(Organisation.id).where(Organisation.slug == MANAGED)) or organiser_id(now)


def _application(number: int) -> Application:
    person = people.participant(number, diet="vegetarian" if number % 5 == 1 else "")
    return Application(person=person, form_key=f"demonstration-day-{number:06}", is_verified=True)
