"""A visit of two days with four stops, as rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.agenda.inputs import ItemInput, LegInput, StopInput
from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind, Slot, TravelMode, parse_clock
from app.agenda.services.writing import new_item
from app.events.models import Event
from app.events.rules import Kind
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Organisation
from tests.builders import NOW, make_event, make_venue

STARTS = datetime(2027, 3, 18, 7, 0, tzinfo=UTC)  # eight o'clock in Rome
ENDS = datetime(2027, 3, 19, 19, 0, tzinfo=UTC)


def make_visit(**changes: Any) -> Event:
    plain = {"kind": Kind.STUDY_VISIT, "starts_at": STARTS, "ends_at": ENDS, "contact_email": "office@filo.example"}
    return make_event("Visit", **plain | changes)


def entry(event: Event, span: str, title: str = "", **changes: Any) -> AgendaItem:
    """``span`` as "0 09:00 10:15": the day, and two times of the event's clock (or of the zones that are given)."""
    day, starts, ends = span.split()
    zone = changes.pop("zone", None)
    slot = Slot(day=int(day), start_minute=parse_clock(starts), end_minute=parse_clock(ends), zone=zone)
    values = {"slot": slot, "kind": ItemKind.SITE_VISIT, "title": Texts(en=title)} | changes
    row = new_item(event, ItemInput(**values), now=NOW)  # a plain row: nobody need be told of it
    db.session.commit()
    return row


def stop(event: Event, span: str, title: str, *, zone: str | None = None, **changes: Any) -> AgendaItem:
    return entry(event, span, title, zone=zone, stop=StopInput(**changes))


def leg(event: Event, span: str, *, zone: str | None = None, **changes: Any) -> AgendaItem:
    plain = {"mode": TravelMode.COACH, "departs_from": "Here", "arrives_at": "There"}
    return entry(event, span, kind=ItemKind.TRANSFER, zone=zone, leg=LegInput(**plain | changes))


def two_days(event: Event, host: Organisation | None = None) -> dict[str, AgendaItem]:
    """Four stops, three legs and a meal; a quarter of an hour between each arrival and what follows."""
    plant = make_venue("Plant", city="Verona", latitude=45.44, longitude=10.99)
    first = {"host_id": host.id} if host else {}
    return {
        "first": stop(event, "0 08:30 10:00", "First stop", **first),
        "bus": leg(event, "0 10:00 10:45", seats=30, operator="Example Coaches", meeting_point="South gate"),
        "second": stop(event, "0 11:00 12:00", "Second stop", venue_id=plant.id, group_limit=12),
        "lunch": entry(event, "0 12:00 13:00", "Lunch", kind=ItemKind.MEAL),
        "walk": leg(event, "0 13:00 13:15", mode=TravelMode.FOOT),
        "third": stop(event, "0 13:30 15:00", "Third stop"),
        "train": leg(event, "1 08:00 09:00", mode=TravelMode.TRAIN),
        "fourth": stop(event, "1 09:15 11:00", "Fourth stop"),
    }
