"""What rooms and people are busy with: parts of events, and what imported calendars say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.agenda.busy import BusyTime, tells_of_persons, tells_of_rooms
from app.agenda.models import AgendaItem
from app.agenda.reading import slot_of, span_of
from app.calendars.free_busy import BusyKind
from app.events.models import Event
from app.events.rules import ORGANISING, Status
from app.freebusy import queries
from app.freebusy.rules import Occupancy
from app.kernel.dates import NoSuchTime

_KINDS = {
    Occupancy.BUSY: BusyKind.BUSY,
    Occupancy.TENTATIVE: BusyKind.TENTATIVE,
    Occupancy.UNAVAILABLE: BusyKind.UNAVAILABLE,
}
Times = dict[int, list[BusyTime]]


def times_of_rooms(
    room_ids: Collection[int],
    start: datetime,
    end: datetime,
    *,
    planning_ids: frozenset[int] | None = frozenset(),
    without: int | None = None,
) -> Times:
    """When rooms are busy in a span, by room; events that are drafts are tentative.

    ``planning_ids``: organisations whose own imports count beside those of whoever runs the room; None: all of them.
    ``without``: an event that does not count.
    """
    found: Times = defaultdict(list)
    for row in queries.imported_at(room_ids, start, end, planning_ids):
        found[row.room_id].append(
            BusyTime(
                begins=row.begins_at,
                ends=row.ends_at,
                kind=_KINDS[row.standing],
                title=row.title,
                known_to=frozenset({row.organisation_id}),
            )
        )
    items = queries.items_in_rooms(room_ids, start, end, without=without)
    _add(found, ((row[0] or 0, row[1], row[2]) for row in items), start, end)
    return found


def times_of_persons(
    person_ids: Collection[int], start: datetime, end: datetime, *, without: int | None = None
) -> Times:
    """When people are busy: their parts in agendas, and all of an event where they have a part but no hour."""
    found: Times = defaultdict(list)
    items = queries.items_of_persons(person_ids, start, end, without=without)
    _add(found, ((row[0], row[1], row[2]) for row in items), start, end)
    with_hours = {(row[0], row[2].id) for row in items}
    whole = [
        (row[0], row[1])
        for row in queries.events_of_persons(person_ids, start, end, without=without)
        if (row[0], row[1].id) not in with_hours
    ]
    known_to = queries.organising({event.id for _person, event in whole})
    for person_id, event in whole:
        time = BusyTime(begins=event.starts_at, ends=event.ends_at, kind=_kind(event), title=_title(event))
        found[person_id].append(replace(time, known_to=known_to.get(event.id, frozenset())))
    return found


@tells_of_rooms
def rooms_for_planning(
    event: Event, ids: Collection[int], start: datetime, end: datetime
) -> Mapping[int, Sequence[BusyTime]]:
    """For those who plan an event: what else is in its rooms."""
    planning = frozenset(part.organisation_id for part in event.organisations if part.role in ORGANISING)
    return times_of_rooms(ids, start, end, planning_ids=planning, without=event.id)


@tells_of_persons
def persons_for_planning(
    event: Event, ids: Collection[int], start: datetime, end: datetime
) -> Mapping[int, Sequence[BusyTime]]:
    """For those who plan an event: what else its people do."""
    return times_of_persons(ids, start, end, without=event.id)


def _add(found: Times, rows: Iterable[tuple[int, AgendaItem, Event]], start: datetime, end: datetime) -> None:
    given = list(rows)
    known_to = queries.organising({event.id for _whose, _item, event in given})
    for whose, item, event in given:
        for begins, ends in _instants(item, event):
            if begins < end and ends > start:
                found[whose].append(
                    BusyTime(
                        begins=begins,
                        ends=ends,
                        kind=_kind(event),
                        title=_title(event),
                        known_to=known_to.get(event.id, frozenset()),
                    )
                )


def _instants(item: AgendaItem, event: Event) -> Iterator[tuple[datetime, datetime]]:
    span, slot = span_of(event), slot_of(item)
    try:
        yield (
            span.instant(slot.day, slot.start_minute, slot.zone),
            span.instant(slot.day, slot.end_minute, slot.zone),
        )
    except NoSuchTime:
        return


def _kind(event: Event) -> BusyKind:
    return BusyKind.TENTATIVE if event.status is Status.DRAFT else BusyKind.BUSY


def _title(event: Event) -> str:
    return event.title.wording("en").text
