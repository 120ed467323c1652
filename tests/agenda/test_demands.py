"""What users of other systems ask for in vain of agendas; see docs/demands.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.agenda import queries, services
from app.agenda.errors import ChangedMeanwhile, Impossible, RoomElsewhere
from app.events.errors import MayNotManage
from app.network.actors import SYSTEM
from tests.agenda.test_services import add, nine_to_six, values
from tests.builders import NOW, make_manager, make_organisation, make_room, make_venue


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


def test_demand_16_a_part_goes_to_another_room_or_stays_where_it_was(database: Session) -> None:
    venue = make_venue()
    hall, small, elsewhere = make_room(venue, "Hall"), make_room(venue, "Small"), make_room(make_venue("Plant"))
    event = nine_to_six(venue=venue)
    item_id, _other = add(event, room_id=hall.id).id, add(event, room_id=small.id)

    def move(room_id: int | None, **changes: Any) -> None:
        how: dict[str, Any] = {"actor": SYSTEM, "now": NOW} | changes
        services.move_to_room(event_id=event.id, item_id=item_id, room_id=room_id, **how)

    with pytest.raises(Impossible, match="room_taken"):
        move(small.id)
    with pytest.raises(RoomElsewhere):
        move(elsewhere.id)
    with pytest.raises(MayNotManage):
        move(None, actor=make_manager(make_organisation("Elsewhere")))
    with pytest.raises(ChangedMeanwhile):
        move(None, seen_at=datetime(2020, 1, 1, tzinfo=UTC))
    row = queries.item(event.id, item_id)
    assert (row.room_id, row.sequence, row.start_minute) == (hall.id, 0, 600)
    move(None)
    row = queries.item(event.id, item_id)
    assert (row.room_id, row.sequence, row.start_minute) == (None, 1, 600)
