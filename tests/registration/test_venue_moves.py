"""A venue that is mended reaches those who come there: once, with the entry for their calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.events.rules import Format, Status
from app.jobs.worker import work_off
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.registration.services import item_places
from app.venues import services as venues
from app.venues.models import Room, Venue
from app.venues.rules import RoomInput, VenueInput, Whereabouts, has_moved
from tests.builders import NOW, make_event, make_room, make_venue
from tests.registration.asking import table
from tests.registration.helpers import join

HERE = Whereabouts(name=Texts(en="Mill"), address=("Via Roma 1", "38068", "Rovereto", "IT"), pin=(45.9, 11.0))


@pytest.mark.parametrize(
    ("changes", "tells"),
    [
        ({}, False),
        ({"name": Texts(en="Old Mill")}, True),
        ({"name": Texts(en="Mill", de="Mühle")}, False),
        ({"name": Texts(de="Mühle")}, True),
        ({"address": ("Via Roma 2", "38068", "Rovereto", "IT")}, True),
        ({"pin": (45.8, 11.0)}, True),
        ({"pin": None}, True),
    ],
)
def test_what_moves_a_venue(changes: dict[str, Any], tells: bool) -> None:
    values = {"name": HERE.name, "address": HERE.address, "pin": HERE.pin}
    assert has_moved(HERE, Whereabouts(**values | changes)) is tells


def test_a_pin_that_was_missing_moves_nothing() -> None:
    assert not has_moved(Whereabouts(name=HERE.name, address=HERE.address, pin=None), HERE)


def mend(venue_id: int, **changes: Any) -> None:
    venue = db.session.get_one(Venue, venue_id)
    values: dict[str, Any] = {
        "name": venue.name,
        "operator_id": venue.operator_id,
        "street": venue.street,
        "postcode": venue.postcode,
        "region_code": venue.region_code,
        "city": venue.city,
        "country_code": venue.country_code,
        "timezone": venue.timezone,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "rooms": tuple(RoomInput(id=room.id, name=room.name, seats=room.seats) for room in venue.rooms),
    }
    venues.edit_venue(venue.id, VenueInput(**values | changes), actor=SYSTEM, now=NOW)


def letters(app: Flask, name: str) -> list[Message]:
    work_off(app, now=NOW + timedelta(seconds=59))
    return list(db.session.scalars(select(Message).where(Message.name == name).order_by(Message.recipient)))


def test_a_mended_address_reaches_who_comes_there_once_with_the_entry(app: Flask, database: Session) -> None:
    venue = make_venue("ProM Facility", street="Via Zeni 8")
    coming, elsewhere = make_event("Workshop", venue=venue), make_event("Elsewhere")
    others = {
        "past": make_event("Past", venue=venue, starts_at=NOW - timedelta(days=3)),
        "online": make_event("Online", venue=venue, format=Format.ONLINE),
        "postponed": make_event("Postponed", venue=venue),
    }
    for name, event in (("ada", coming), ("bob", elsewhere), ("cleo", others["online"]), ("dora", others["postponed"])):
        join(event.id, name)
    others["postponed"].status = Status.POSTPONED
    venue_id = venue.id
    database.commit()
    database.expire_all()
    mend(venue_id, access=Texts(en="Ring twice."))
    assert letters(app, "event_changed") == []
    mend(venue_id, street="Via Zeni 10")
    mend(venue_id)
    (mail,) = letters(app, "event_changed")
    assert mail.recipient == "ada@company.example"
    worded = _word(mail, "http://filo.example")
    assert worded
    assert "Via Zeni 10" in worded.text
    assert worded.calendar
    assert b"SEQUENCE:1\r\n" in worded.calendar
    assert b"Via Zeni 10" in worded.calendar.replace(b"\r\n ", b"")
    sequences = {one.slug.partition("-")[0]: one.sequence for one in database.scalars(select(Event))}
    assert sequences == {"workshop": 1, "elsewhere": 0, "past": 0, "online": 0, "postponed": 1}


def test_a_renamed_room_reaches_who_signed_up_there_and_a_move_tells_nobody_twice(
    app: Flask, database: Session
) -> None:
    venue = make_venue("ProM Facility", street="Via Zeni 8")
    room = make_room(venue, "Sala A")
    event = make_event("Workshop", venue=venue)
    join(event.id, "ada")
    seated = join(event.id, "bob")
    item = database.get_one(AgendaItem, table(event))
    item.room_id = room.id
    database.commit()
    item_places.choose(seated.id, item_ids=[item.id], now=NOW)
    venue_id, item_id = venue.id, item.id
    database.commit()
    database.expire_all()
    (room_id,) = database.scalars(select(Room.id).where(Room.venue_id == venue_id))
    mend(venue_id, rooms=(RoomInput(id=room_id, name="Sala B", seats=40),))
    (mail,) = letters(app, "registration_items_changed")
    assert mail.recipient == "bob@company.example"
    assert database.get_one(AgendaItem, item_id).sequence == 1
    assert letters(app, "event_changed") == []
    mend(venue_id, street="Via Nuova 1", rooms=(RoomInput(id=room_id, name="Sala C", seats=40),))
    assert [one.recipient for one in letters(app, "event_changed")] == ["ada@company.example", "bob@company.example"]
    assert len(letters(app, "registration_items_changed")) == 1
