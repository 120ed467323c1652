"""Busy times of a room or a person as VFREEBUSY."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.agenda.busy import BusyTime
from app.calendars.free_busy import Busy, free_busy_file
from app.freebusy.occupied import times_of_persons, times_of_rooms
from app.freebusy.rules import FREE_BUSY_AHEAD
from app.venues.models import Room


def room_file(room: Room, *, start: datetime, planning_ids: frozenset[int] | None, lang: str) -> bytes:
    """The half-year from ``start``; ``planning_ids`` as in :func:`times_of_rooms`."""
    end = start + FREE_BUSY_AHEAD
    times = times_of_rooms([room.id], start, end, planning_ids=planning_ids)
    return _file(f"room-{room.id}", times.get(room.id, []), start, end, lang)


def person_file(person_id: int, *, start: datetime, lang: str) -> bytes:
    """The half-year from ``start``."""
    end = start + FREE_BUSY_AHEAD
    times = times_of_persons([person_id], start, end)
    return _file(f"person-{person_id}", times.get(person_id, []), start, end, lang)


def _file(uid: str, times: Sequence[BusyTime], start: datetime, end: datetime, lang: str) -> bytes:
    """DTSTAMP is the beginning of the span, not the clock: the same content is the same bytes."""
    busy = [Busy(time.begins, time.ends, time.kind) for time in times]
    return free_busy_file(busy, uid=uid, stamp=start, start=start, end=end, lang=lang)
