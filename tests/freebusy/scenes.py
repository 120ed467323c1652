"""Rooms, events and calendars as tests meet them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.freebusy.rules import CalendarInput, Source, Use
from app.freebusy.services import importing
from app.kernel.db import db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.venues.models import Room
from tests.freebusy.files import NOW, booking


def rooms_input(organisation: Organisation, *rooms: Room, **changes: Any) -> CalendarInput:
    values: dict[str, Any] = {
        "organisation_id": organisation.id,
        "name": "Bookings",
        "use": Use.ROOMS,
        "timezone": "UTC",
        "room_ids": tuple(room.id for room in rooms),
    }
    return CalendarInput(**values | changes)


def keep(values: CalendarInput, content: bytes | None = None, *, now: datetime = NOW, **options: Any) -> int:
    """Import at once what somebody would look at first."""
    source = Source(content=content or booking())
    return importing.confirm(importing.draft(values, source, actor=SYSTEM, now=now, **options), actor=SYSTEM, now=now)


def put_item(event: Event, room: Room | None, start: int, end: int) -> AgendaItem:
    """An item on the event's first day, in minutes of its clocks."""
    item = AgendaItem(
        event_id=event.id,
        uid=new_uid(),
        day=0,
        start_minute=start,
        end_minute=end,
        kind=ItemKind.WORKING_TABLE,
        title=Texts(en="Table"),
        abstract=Texts(),
        room_id=room.id if room else None,
        created_at=NOW,
        content_changed_at=NOW,
    )
    db.session.add(item)
    db.session.commit()
    return item
