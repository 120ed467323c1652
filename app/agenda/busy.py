"""When rooms and people of an event are busy elsewhere; higher rooms know it and tell here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.agenda.rules import DAY, Finding, Part, Span, Trouble, clock
from app.calendars.free_busy import BusyKind
from app.events.models import Event
from app.kernel.dates import NoSuchTime
from app.network.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """``title`` is only for managers of the organisations that it is ``known_to``: use :func:`title_for`."""

    begins: datetime
    ends: datetime
    kind: BusyKind = BusyKind.BUSY
    title: str = ""
    known_to: frozenset[int] = frozenset()


Teller = Callable[[Event, Collection[int], datetime, datetime], Mapping[int, Sequence[BusyTime]]]
"""Gives, by id, the times in a span that somebody who plans the event may know of, without the event's own."""

_rooms: list[Teller] = []
_persons: list[Teller] = []


def tells_of_rooms(teller: Teller) -> Teller:
    """Let a higher room tell when rooms are busy."""
    if teller not in _rooms:
        _rooms.append(teller)
    return teller


def tells_of_persons(teller: Teller) -> Teller:
    """Let a higher room tell when people are busy."""
    if teller not in _persons:
        _persons.append(teller)
    return teller


def busy_rooms(event: Event, ids: Collection[int], span: Span) -> dict[int, list[BusyTime]]:
    """By room and time, while the event takes place; nothing for an event without an exact day."""
    return _told(_rooms, event, ids, span)


def busy_persons(event: Event, ids: Collection[int], span: Span) -> dict[int, list[BusyTime]]:
    """The same for people."""
    return _told(_persons, event, ids, span)


def title_for(actor: Actor, busy: BusyTime) -> str:
    """What keeps the room or the person busy; empty for whom it does not concern."""
    return busy.title if actor.is_administrator or busy.known_to & actor.managed_ids else ""


def clashes(parts: Iterable[Part], span: Span, busy: Mapping[int, Sequence[BusyTime]]) -> Iterator[Finding]:
    """Parts in a room while it is busy, with the hours of that day on the event's clocks."""
    for part in parts:
        if not part.room_id or part.room_id not in busy:
            continue
        try:
            begins, ends = (
                span.instant(part.slot.day, minute, part.slot.zone)
                for minute in (part.slot.start_minute, part.slot.end_minute)
            )
        except NoSuchTime:
            continue
        for time in busy[part.room_id]:
            if time.begins < ends and time.ends > begins:
                starts, until = (_clock_on(moment, begins, span.zone) for moment in (time.begins, time.ends))
                yield Finding(
                    item_id=part.id,
                    trouble=Trouble.ROOM_BUSY,
                    room_id=part.room_id,
                    details={"starts": starts, "ends": until},
                    busy=time,
                )


def _clock_on(moment: datetime, on: datetime, zone: str) -> str:
    """``HH:MM`` on the day of ``on``; what lies before is midnight, what lies after it 24:00."""
    here = moment.astimezone(ZoneInfo(zone))
    day = on.astimezone(ZoneInfo(zone)).date()
    if here.date() < day:
        return clock(0)
    is_after = here.date() > day
    return "24:00" if is_after else clock((here.hour * 60 + here.minute) % DAY)


def _told(tellers: Sequence[Teller], event: Event, ids: Collection[int], span: Span) -> dict[int, list[BusyTime]]:
    if not ids or not tellers or span.starts_at is None or span.ends_at is None:
        return {}
    found: dict[int, list[BusyTime]] = {}
    for teller in tellers:
        # an item may begin early or end late on the event's days
        told = teller(event, ids, span.starts_at - timedelta(days=1), span.ends_at + timedelta(days=1))
        for each, times in told.items():
            found.setdefault(each, []).extend(times)
    return {each: sorted(times, key=lambda time: (time.begins, time.ends)) for each, times in found.items()}
