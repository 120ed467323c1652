"""Adding, editing and removing items, and accepting a warning."""

from __future__ import annotations

from datetime import datetime

from app.agenda import queries
from app.agenda.errors import CannotOverrule, ChangedMeanwhile, ReasonMissing
from app.agenda.facts import ItemTakenOff
from app.agenda.inputs import ItemInput
from app.agenda.models import AgendaItem, Overruling
from app.agenda.reading import read_agenda, slot_of
from app.agenda.rules import ERRORS, Slot, Trouble
from app.agenda.services.writing import check, new_item, put_into_room, tell, write
from app.audit import services as audit
from app.events.models import Event
from app.events.services.access import hold_for_change
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network.actors import Actor

Face = tuple[Slot, int | None, int | None]


@transactional
def add_item(*, event_id: int, values: ItemInput, actor: Actor, now: datetime) -> AgendaItem:
    """Put an item, a stop or a leg on the agenda.

    Raises MayNotManage, and Impossible, RoomElsewhere or UnknownReference with their field.
    """
    event = hold_for_change(event_id, actor)
    row = new_item(event, values, now=now)
    check(event, row)
    tell(event, moves=True)
    return row


@transactional
def edit_item(
    *, event_id: int, item_id: int, values: ItemInput, actor: Actor, now: datetime, seen_at: datetime | None = None
) -> AgendaItem:
    """Change an item; another time or room raises its SEQUENCE, and what was overruled there counts no longer.

    ``seen_at``: the last change that the editor knew of. Raises ChangedMeanwhile when there is a later one,
    ItemNotFound, and what :func:`add_item` raises.
    """
    event = hold_for_change(event_id, actor)
    row = _as_seen(event_id, item_id, seen_at)
    before = _face(row)
    with db.session.no_autoflush:
        write(row, event, values)
    _keep_change(event, row, before, now)
    return row


@transactional
def move_to_room(
    *, event_id: int, item_id: int, room_id: int | None, actor: Actor, now: datetime, seen_at: datetime | None = None
) -> AgendaItem:
    """Put an item into another room, or into none, as :func:`edit_item` would; everything else of it stays.

    Raises Impossible where the room is taken, RoomElsewhere, UnknownReference, ChangedMeanwhile, ItemNotFound,
    MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    row = _as_seen(event_id, item_id, seen_at)
    before = _face(row)
    put_into_room(row, event, room_id)
    _keep_change(event, row, before, now)
    return row


@transactional
def remove_item(*, event_id: int, item_id: int, actor: Actor, now: datetime) -> None:
    """Take an item off the agenda; raises MayNotManage or ItemNotFound."""
    event = hold_for_change(event_id, actor)
    row = queries.item(event_id, item_id)
    _let_go(row, now)
    db.session.delete(row)
    audit.note("agenda.removed", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, uid=row.uid)
    tell(event, moves=True)


@transactional
def _let_go(row: AgendaItem, now: datetime) -> None:
    """A verb of its own, so that those who heed the fact do so while the row still stands."""
    record(ItemTakenOff(event_id=row.event_id, item_id=row.id, at=now))


@transactional
def overrule(*, event_id: int, item_id: int, warning: Trouble, reason: str, actor: Actor, now: datetime) -> Overruling:
    """Accept a warning, saying why; a second reason replaces the first.

    Raises ReasonMissing, CannotOverrule for an error or for what is not the matter, MayNotManage, ItemNotFound.
    """
    event = hold_for_change(event_id, actor)
    row = queries.item(event_id, item_id)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    standing = {found.trouble for found in read_agenda(event, queries.items(event_id)) if found.item_id == item_id}
    if warning in ERRORS or warning not in standing:
        raise CannotOverrule(trouble=warning)
    accepted = queries.overruling(item_id, warning) or Overruling(item_id=row.id, warning=warning)
    accepted.reason, accepted.account_id, accepted.at = reason.strip(), actor.account_id, now
    db.session.add(accepted)
    db.session.flush()
    return accepted


def _as_seen(event_id: int, item_id: int, seen_at: datetime | None) -> AgendaItem:
    row = queries.item(event_id, item_id)
    if seen_at and row.content_changed_at != seen_at:
        raise ChangedMeanwhile
    return row


def _keep_change(event: Event, row: AgendaItem, before: Face, now: datetime) -> None:
    check(event, row)
    moves = _face(row) != before
    if moves:
        row.sequence += 1
        for accepted in queries.overrulings_of(row.id):
            db.session.delete(accepted)
    row.content_changed_at = now
    tell(event, moves=moves, moved=[row] if moves else ())


def _face(row: AgendaItem) -> Face:
    """What raises SEQUENCE when it changes: time and place (RFC 5545, 3.8.7.4)."""
    return slot_of(row), row.room_id, row.stop.venue_id if row.stop else None
