"""What users of other systems ask for in vain of agendas; see docs/demands.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.agenda import queries, services
from app.network.actors import SYSTEM
from tests.agenda.test_services import add, nine_to_six, values
from tests.builders import NOW, make_room, make_venue


def test_demand_15_a_part_goes_to_another_day_with_its_room(database: Session) -> None:
    venue = make_venue()
    room = make_room(venue)
    event = nine_to_six(venue=venue, ends_at=datetime(2027, 3, 20, 17, 0, tzinfo=UTC))
    item = add(event, room_id=room.id)
    moved = replace(values(day=2), room_id=room.id)
    services.edit_item(event_id=event.id, item_id=item.id, values=moved, actor=SYSTEM, now=NOW)
    (row,) = queries.items(event.id)
    assert (row.day, row.start_minute, row.room_id) == (2, 600, room.id)
    assert row.sequence == 1, "calendars follow"
