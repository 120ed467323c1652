"""An exchange forum whose participants ask each other for meetings, for trying the schedule."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.agenda.inputs import ItemInput
from app.agenda.rules import ItemKind, Slot
from app.agenda.services import add_item
from app.demo import people
from app.demo.calendar import working_day
from app.demo.day import AT_ONCE, managing_organiser
from app.demo.more import ZONE
from app.demo.queries import people_with_place
from app.events import queries as events
from app.events import services as event_verbs
from app.events.rules import Format, Kind
from app.events.services import EventInput
from app.kernel.dates import instant
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.meetings import queries
from app.meetings.errors import AskedAlready, AskedTooMany, OwnOrganisation
from app.meetings.inputs import ProfileInput, SettingsInput
from app.meetings.rules import RequestState
from app.meetings.services import asking, partaking, preparing
from app.network.actors import SYSTEM
from app.network.models import Sector
from app.registration.inputs import Application, SeatsInput
from app.registration.rules import Place
from app.registration.services import joining, seats
from app.venues.models import Venue

AHEAD = timedelta(days=30)
SLOT, IN_A_ROW = 20, 6  # minutes; slots before a pause of an hour
FIRST = 9 * 60
SEATED_AT_ONCE = 4  # so many people share a table, taken over the day
ASKED = 8  # on average
ACCEPTED = 0.7
HOSTS = 0.02
_WORDS = ("pilot partner", "digital twin", "test bed", "funding", "suppliers", "training", "sensors", "reuse")
_REASONS = ("We look for a partner for a pilot.", "You offer what we need.", "Let us compare how we do it.")


@transactional
def publish_demo_forum(*, count: int, slots: int, now: datetime) -> str:
    """Publish a forum in a month with so many people and slots; requests are sent and most of them accepted.

    Gives its slug. The same numbers make the same forum.
    """
    chance = random.Random(count * 1000 + slots)
    day = working_day((now + AHEAD).date())
    event_id = _publish(day, count=count, slots=slots, now=now)
    slug = events.event(event_id).slug
    _set_up(event_id, slug, slots, tables=max(count // SEATED_AT_ONCE, 2), now=now)
    for first in range(0, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        joining.admit(event_id, [_application(number) for number in numbers], now=now)
    ids = people_with_place(event_id, Place.CONFIRMED)
    _take_part(event_id, slug, ids, chance, now)
    _ask(event_id, ids, chance, now)
    return slug


def _publish(day: date, *, count: int, slots: int, now: datetime) -> int:
    venue_id = db.session.scalar(select(Venue.id).order_by(Venue.id).limit(1))
    words = {"people": count, "slots": slots}
    values = EventInput(
        kind=Kind.EXCHANGE_FORUM,
        format=Format.ON_SITE if venue_id else Format.ONLINE,
        title=Texts(
            en="Demonstration forum: {people} people, {slots} slots".format(**words),
            it="Forum dimostrativo: {people} persone, {slots} turni".format(**words),
            de="Demonstrationsforum: {people} Personen, {slots} Runden".format(**words),
        ),
        starts_at=instant(day, time(8, 30), ZONE),
        ends_at=instant(day, time(22), ZONE),
        timezone=ZONE,
        venue_id=venue_id,
        online_url=None if venue_id else "https://meet.filo.example/demonstration",
        contact_email="events@filo.example",
        languages=("en",),
    )
    event_id = event_verbs.create(
        values=values, organiser_id=managing_organiser(now), actor=SYSTEM, now=now, demonstration=True
    )
    slug = events.event(event_id).slug
    seats.change_seats(event_slug=slug, values=SeatsInput(capacity=count), actor=SYSTEM, now=now)
    return event_id


def _set_up(event_id: int, slug: str, slots: int, *, tables: int, now: datetime) -> None:
    """Blocks of up to two hours with a pause between them, then the publication."""
    for place, first in enumerate(range(0, slots, IN_A_ROW)):
        begins = FIRST + place * (IN_A_ROW * SLOT + 60)
        item = add_item(
            event_id=event_id,
            values=ItemInput(
                slot=Slot(day=0, start_minute=begins, end_minute=begins + min(slots - first, IN_A_ROW) * SLOT),
                kind=ItemKind.B2B_BLOCK,
                title=Texts(en="One-to-one meetings", it="Incontri a due", de="Einzelgespräche"),
            ),
            actor=SYSTEM,
            now=now,
        )
        preparing.set_block(item.id, event_slug=slug, slot_minutes=SLOT, tables=tables, actor=SYSTEM, now=now)
    preparing.set_settings(event_slug=slug, values=SettingsInput(), actor=SYSTEM, now=now)
    event_verbs.publish(event_id, actor=SYSTEM, now=now)


def _application(number: int) -> Application:
    """Two people of each organisation."""
    person = people.participant(number)
    person = replace(person, organisation=f"{person.organisation} {number // 14 + 1}")
    return Application(person=person, form_key=f"demonstration-forum-{number:06}", is_verified=True)


def _take_part(event_id: int, slug: str, ids: list[int], chance: random.Random, now: datetime) -> None:
    topics = [f"sector:{one}" for one in db.session.scalars(select(Sector.id).order_by(Sector.position))]
    topics += [f"word:{word}" for word in _WORDS]
    codes = [f"{block.id}:{number}" for block in queries.blocks(event_id) for number in range(IN_A_ROW)]
    for place, registration_id in enumerate(ids):
        needs, offers = chance.sample(topics, 3), chance.sample(topics, 3)
        first = chance.randrange(len(codes))
        away = codes[first : first + 2] if chance.random() < 0.15 else []
        values = ProfileInput(
            needs=tuple(needs), offers=tuple(offers), away=tuple(away), may_be_arranged=chance.random() < 0.5
        )
        partaking.take_part(registration_id, values=values, now=now)
        if place < len(ids) * HOSTS:
            preparing.set_table(registration_id, event_slug=slug, table=place + 1, actor=SYSTEM, now=now)


def _ask(event_id: int, ids: list[int], chance: random.Random, now: datetime) -> None:
    """Some are sought by many, most by few."""
    weights = [1 / (1 + place) ** 0.5 for place in range(len(ids))]
    for asker in ids:
        for asked in dict.fromkeys(chance.choices(ids, weights, k=chance.randrange(2 * ASKED))):
            if asked == asker:
                continue
            try:
                state = asking.ask(asker, whom=asked, reason=chance.choice(_REASONS), now=now, tells=False)
            except (OwnOrganisation, AskedAlready, AskedTooMany):
                continue
            if state is RequestState.OPEN and chance.random() < ACCEPTED:
                request = queries.request_between(asker, asked)
                if request:
                    asking.accept(asked, request_id=request.id, now=now, tells=False)
