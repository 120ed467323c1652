"""The times of an event's agenda as instants, kept in this process as long as nothing has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar

from app.agenda.rules import ItemKind, Span
from app.events.rules import Audience
from app.kernel.dates import DatePrecision, NoSuchTime
from app.walls import queries
from app.walls.rules import Occasion, Slot, moments

MOST = 200
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """``kinds``: of the items, by their ids; ``moments``: when something changes by the clock alone."""

    slots: tuple[Slot, ...]
    kinds: Mapping[int, ItemKind]
    moments: tuple[datetime, ...]


class Shelf(Generic[_T]):
    """A bounded store whose oldest thing leaves first; what was made of another version is made again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Hashable, _T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, version: Hashable, make: Callable[[], _T]) -> _T:
        with self._lock:
            kept = self._kept.get(key)
        if kept and kept[0] == version:
            return kept[1]
        made = make()
        if self._most:
            with self._lock:
                self._kept[key] = (version, made)
                self._kept.move_to_end(key)
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return made


def occasion_of(glance: Any) -> Occasion:
    return Occasion(
        status=glance.status,
        is_dated=glance.date_precision is DatePrecision.DAY,
        starts_at=glance.starts_at,
        ends_at=glance.ends_at,
        zone=glance.timezone,
    )


def timetable_of(glance: Any) -> Timetable:
    """One query. Internal items are only part of it where the whole event is internal: a hall has guests."""
    rows = [
        row
        for row in queries.slots(glance.id)
        if glance.audience is Audience.INTERNAL or row.audience is not Audience.INTERNAL
    ]
    occasion = occasion_of(glance)
    span = Span(zone=glance.timezone, starts_at=glance.starts_at, ends_at=glance.ends_at)
    slots = tuple(_slot(row, span, occasion) for row in rows) if occasion.is_dated else ()
    kinds = {row.id: row.kind for row in rows}
    return Timetable(slots=slots, kinds=kinds, moments=tuple(moments(occasion, slots)))


def _slot(row: Any, span: Span, occasion: Occasion) -> Slot:
    begins, ends = (_moment(span, row, minute) for minute in (row.start_minute, row.end_minute))
    return Slot(id=row.id, begins=begins, ends=ends, on=occasion.day_of(begins), room_id=row.room_id)


def _moment(span: Span, row: Any, minute: int) -> datetime:
    try:
        return span.instant(row.day, minute, row.timezone)
    except NoSuchTime:  # the clocks skip it: an hour later it is what was meant
        return span.instant(row.day, minute + 60, row.timezone)
