"""A ready agenda: from an earlier edition, or from what its kind proposes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.agenda import queries
from app.agenda.errors import NotEmpty
from app.agenda.inputs import ItemInput
from app.agenda.keeping import Deed, keeper
from app.agenda.models import AgendaItem, AgendaPerson, Leg, Stop
from app.agenda.outlines import NINE, OUTLINES
from app.agenda.reading import span_of
from app.agenda.rules import DAY, Slot
from app.agenda.services.writing import new_item, settled, tell
from app.events.models import Event
from app.events.queries import event as event_of
from app.events.services.access import hold_for_change
from app.kernel.db import db, transactional
from app.kernel.ids import new_uid
from app.network.actors import Actor

STOP = tuple(column.key for column in Stop.__table__.columns if column.key != "item_id")
LEG = tuple(column.key for column in Leg.__table__.columns if column.key != "item_id")
PLAIN = ("day", "start_minute", "end_minute", "timezone", "kind", "audience", "title", "abstract", "track", "capacity")


@transactional
def apply_template(*, event_id: int, actor: Actor, now: datetime) -> int:
    """Lay the outline of the event's kind into an empty agenda, as far as it fits; gives the number of items.

    Raises NotEmpty, MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    if keeper().rows(event):
        raise NotEmpty
    wanted = {new_uid(): settled(event, values) for values in _outline(event)}
    keeper().carry(event, wanted, deed=Deed.LAID_OUT, actor=actor, now=now)
    return len(wanted)


def lay_outline(event: Event, *, now: datetime) -> int:
    """The outline of the event's kind, repeated from its first hour; what reaches beyond the event is left out."""
    laid = [new_item(event, values, now=now) for values in _outline(event)]
    tell(event, moves=True)
    return len(laid)


def copy_agenda(*, from_id: int, to_id: int, now: datetime, with_persons: bool = False) -> int:
    """Copy times, titles, rooms, stops and legs into another event; gives the number of items.

    People come along only where that is asked: whether they speak again, and agree to be named, is for them to
    say. A room comes along when the place is the same. Times stay those of the wall clock. The copies stand in
    the order of the originals: :func:`app.agenda.queries.copied_items` reads from it which came from which.
    """
    event = event_of(to_id)
    originals = queries.items(from_id)
    for original in originals:
        copied = _copy(original, event, now)
        if with_persons:
            copied.persons = [_copied_part(part) for part in original.persons]
        db.session.add(copied)
    db.session.flush()
    tell(event, moves=True)
    return len(originals)


def _copy(original: AgendaItem, event: Event, now: datetime) -> AgendaItem:
    venues = {event.venue_id, original.stop.venue_id if original.stop else None}
    keeps_room = original.room is not None and original.room.venue_id in venues
    return AgendaItem(
        **{name: getattr(original, name) for name in PLAIN},
        event_id=event.id,
        uid=new_uid(),
        room_id=original.room_id if keeps_room else None,
        stop=Stop(**{name: getattr(original.stop, name) for name in STOP}) if original.stop else None,
        leg=Leg(**{name: getattr(original.leg, name) for name in LEG}) if original.leg else None,
        created_at=now,
        content_changed_at=now,
    )


def _copied_part(part: AgendaPerson) -> AgendaPerson:
    return AgendaPerson(person_id=part.person_id, role=part.role, organisation_id=part.organisation_id)


def _outline(event: Event) -> Iterator[ItemInput]:
    span = span_of(event)
    first, last = span.hours
    days = span.day_count or 1
    for entry in OUTLINES[event.kind]:
        start = entry.at + (first if entry.day == 0 else NINE)
        if entry.day < days and start + entry.minutes <= (last if entry.day == days - 1 else DAY):
            slot = Slot(day=entry.day, start_minute=start, end_minute=start + entry.minutes)
            yield ItemInput(slot=slot, kind=entry.kind, title=entry.title, stop=entry.stop, leg=entry.leg)
