"""One more demonstration event, for benchmarks and load tests."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.demo.calendar import working_day
from app.events import queries as events
from app.events import services as event_verbs
from app.events.rules import Format, Kind
from app.events.services import EventInput
from app.kernel.dates import instant
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import OrganisationInput
from app.network.models import Organisation
from app.network.rules import CountryBox, OrganisationType
from app.registration.inputs import SeatsInput
from app.registration.services import seats

ZONE = "Europe/Rome"
ORGANISER = "demonstration-organiser"


@transactional
def publish_demo_event(*, capacity: int, starts_in: timedelta, now: datetime) -> str:
    """Publish an online workshop for the given number of people; gives its slug. Works in an empty house too."""
    day = working_day((now + starts_in).date())
    event_id = event_verbs.create(
        values=EventInput(
            kind=Kind.CLUSTERS_WORKSHOP,
            format=Format.ONLINE,
            title=Texts(
                en=f"Demonstration workshop for {capacity}",
                it=f"Workshop dimostrativo per {capacity}",
                de=f"Demonstrationsworkshop für {capacity}",
            ),
            starts_at=instant(day, time(9), ZONE),
            ends_at=instant(day, time(13), ZONE),
            timezone=ZONE,
            online_url="https://meet.filo.example/demonstration",
            contact_email="events@filo.example",
            languages=("en",),
        ),
        organiser_id=organiser_id(now),
        actor=SYSTEM,
        now=now,
        demonstration=True,
    )
    slug = events.event(event_id).slug
    seats.change_seats(event_slug=slug, values=SeatsInput(capacity=capacity), actor=SYSTEM, now=now)
    event_verbs.publish(event_id, actor=SYSTEM, now=now)
    return slug


def organiser_id(now: datetime) -> int:
    """The organisation that demonstration events are of in a house without one; made when it is first needed."""
    found = db.session.scalar(select(Organisation.id).where(Organisation.slug == ORGANISER))
    if found:
        return found
    network.put_country(
        "IT",
        Texts(en="Italy", it="Italia", de="Italien"),
        CountryBox(south=35.4, west=6.6, north=47.1, east=18.6),
        actor=SYSTEM,
    )
    data = OrganisationInput(
        name="Demonstration organiser",
        primary_type=OrganisationType.OTHER,
        types=frozenset({OrganisationType.OTHER}),
        country_code="IT",
        city="Rovereto",
    )
    return network.add_organisation(data, actor=SYSTEM, now=now, slug=ORGANISER, demonstration=True).id
