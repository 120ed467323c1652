"""When things run late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.agenda.errors import NothingFollows
from app.agenda.keeping import Deed, keeper
from app.agenda.reading import input_of
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
    moved = [row for row in keeper().rows(event) if row.day == day and row.start_minute >= from_minute]
    if not moved:
        raise NothingFollows(field="from_time")
    if not minutes:
        return 0
    standing = {row.uid: input_of(row) for row in moved}
    wanted = {uid: replace(values, slot=values.slot.moved(minutes)) for uid, values in standing.items()}
    keeper().carry(event, wanted, deed=Deed.SHIFTED, actor=actor, now=now)
    return len(moved)
