"""Events as the organiser's verbs leave them, and feeds as a calendar fetches them."""

from __future__ import annotations

from typing import Any

import icalendar
from flask.testing import FlaskClient

from app.agenda.facts import AgendaChanged
from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.facts import EventChanged
from app.events.models import Event
from app.events.rules import stands_on_lists
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.network.models import Sector
from tests.builders import NOW, make_event


def publish(*titles: str, **changes: Any) -> list[Event]:
    """Events that calendars know of, with what was made for them before."""
    db.session.commit()
    return _publish(titles, changes)


@transactional
def _publish(titles: tuple[str, ...], changes: dict[str, Any]) -> list[Event]:
    texts = {"title": changes.pop("title")} if "title" in changes else {}
    events = [make_event(title, **changes) for title in titles]
    for event in events:
        for name, value in texts.items():
            setattr(event, name, value)
        record(EventChanged(event_id=event.id))
    return events


@transactional
def change(event_id: int, **values: Any) -> None:
    """What an organiser's verb writes: the values, and the version."""
    event = db.session.get_one(Event, event_id)
    for name, value in values.items():
        setattr(event, name, value)
    event.on_lists = stands_on_lists(listed=event.listed, audience=event.audience, status=event.status)
    record(EventChanged(event_id=event_id))


@transactional
def add_item(event_id: int, title: str, **changes: Any) -> AgendaItem:
    values: dict[str, Any] = {
        "uid": f"{opaque_id()}@filo.example",
        "day": 0,
        "start_minute": 13 * 60 + 30,
        "end_minute": 15 * 60,
        "kind": ItemKind.KEYNOTE,
        "title": Texts(en=title),
        "abstract": Texts(),
        "created_at": NOW,
        "content_changed_at": NOW,
    }
    item = AgendaItem(event_id=event_id, **values | changes)
    db.session.add(item)
    db.session.flush()
    record(AgendaChanged(event_id=event_id))
    return item


def make_sector(name: str = "tourism") -> Sector:
    sector = Sector(id=name, name=Texts(en=name.title(), it=f"{name} (it)"), position=1)
    db.session.add(sector)
    db.session.flush()
    return sector


def uids(data: bytes) -> list[str]:
    return [str(event["uid"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]


def shown(client: FlaskClient, address: str = "/events.ics") -> list[str]:
    """The uids in a feed."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return uids(answer.data)


def lines(data: bytes) -> list[str]:
    """Content lines, unfolded."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def vevents(data: bytes) -> dict[str, bytes]:
    """The bytes of each VEVENT by its uid."""
    found = {}
    for part in data.split(b"BEGIN:VEVENT\r\n")[1:]:
        body = part.partition(b"END:VEVENT")[0]
        uid = next(line for line in lines(body) if line.startswith("UID:"))
        found[uid.removeprefix("UID:")] = body
    return found
