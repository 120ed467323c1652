"""When things run late."""

from __future__ import annotations

from datetime import datetime

from app.agenda import queries
from app.agenda.errors import NothingFollows
from app.agenda.reading import slot_of
from app.agenda.services.writing import check, tell
from app.events.services.access import hold_for_change
from app.kernel.db import transactional
from app.network.actors import Actor


@transactional
def move_all(*, event_id: int, day: int, from_minute: int, minutes: int, actor: Actor, now: datetime) -> int:
    """Shift what begins on a day at or after a time by some minutes (below zero: earlier); gives how many items moved.

    All or none. Raises Impossible with the item that would leave the event or meet another, NothingFollows,
    MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    moved = [row for row in queries.items(event_id) if row.day == day and row.start_minute >= from_minute]
    if not moved:
        raise NothingFollows(field="from_time")
    if not minutes:
        return 0
    for row in moved:
        slot = slot_of(row).moved(minutes)
        row.start_minute, row.end_minute = slot.start_minute, slot.end_minute
        row.sequence += 1
        row.content_changed_at = now
    check(event, *moved)
    tell(event, moves=True, moved=moved)
    return len(moved)
