"""A hall on the day: an event with an agenda of three rooms and a café with notes."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.demo.day import publish_demo_day
from app.events import queries as events
from app.forums.models import Cafe, CafeNote, CafeTable
from app.forums.rules.cafe import NoteTag
from app.kernel import clock
from app.kernel.db import db
from app.kernel.ids import new_uid, opaque_id
from app.kernel.texts import Texts
from app.venues.models import Room
from app.walls.links import key_of
from bench.inside.world import found_network

NOTES = 100
ROOMS, HALF_HOURS = 3, 48


def open_hall(app: Flask, _number: int, _rounds: int) -> dict[str, Any]:
    """Something is on in every room all day long; gives the addresses."""
    with app.app_context():
        found_network(clock.now())
        event = events.event_for_page(publish_demo_day(count=1, now=clock.now()).slug)
        rooms = [Room(venue_id=event.venue_id, name=f"Hall {number}", seats=100, layouts=[]) for number in range(ROOMS)]
        db.session.add_all(rooms)
        db.session.flush()
        items = [_item(event.id, room.id, half) for half in range(HALF_HOURS) for room in rooms]
        items.append(_item(event.id, None, 0, ItemKind.WORLD_CAFE, HALF_HOURS))
        db.session.add_all(items)
        db.session.flush()
        table = CafeTable(number=1, public_id=opaque_id())
        db.session.add(Cafe(item_id=items[-1].id, event_id=event.id, round_minutes=20, tables=[table]))
        db.session.flush()
        db.session.add_all(_note(table.id, number) for number in range(NOTES))
        db.session.commit()
        return {"now": f"/events/{event.slug}/now", "wall": f"/events/{event.slug}/wall?key={key_of(event.id)}"}


def _item(
    event_id: int, room_id: int | None, half: int, kind: ItemKind = ItemKind.KEYNOTE, lasts: int = 1
) -> AgendaItem:
    now = clock.now()
    return AgendaItem(
        event_id=event_id,
        uid=new_uid(),
        day=0,
        start_minute=half * 30,
        end_minute=(half + lasts) * 30,
        kind=kind,
        title=Texts(en=f"Part {half}"),
        abstract=Texts(),
        room_id=room_id,
        created_at=now,
        content_changed_at=now,
    )


def _note(table_id: int, number: int) -> CafeNote:
    return CafeNote(table_id=table_id, round=1, tag=NoteTag.IDEA, text=f"Idea {number}", at=clock.now())
