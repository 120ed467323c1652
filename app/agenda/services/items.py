"""Adding, editing and removing items, and accepting a warning.

Every verb goes through the keeper of plans: what changes is seen at once, or waits for the next release.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.agenda.errors import CannotOverrule, ChangedMeanwhile, ReasonMissing
from app.agenda.inputs import ItemInput
from app.agenda.keeping import Deed, keeper
from app.agenda.models import AgendaItem
from app.agenda.reading import input_of, read_agenda
from app.agenda.rules import ERRORS, Trouble
from app.agenda.services.writing import settled
from app.events.models import Event
from app.events.services.access import hold_for_change
from app.kernel.db import transactional
from app.kernel.ids import new_uid
from app.network.actors import Actor


@transactional
def add_item(*, event_id: int, values: ItemInput, actor: Actor, now: datetime) -> AgendaItem:
    """Put an item, a stop or a leg on the agenda.

    Raises MayNotManage, and Impossible, RoomElsewhere or UnknownReference with their field.
    """
    event = hold_for_change(event_id, actor)
    uid = new_uid()
    return keeper().carry(event, {uid: settled(event, values)}, deed=Deed.ADDED, actor=actor, now=now)[uid]


@transactional
def edit_item(
    *, event_id: int, item_id: int, values: ItemInput, actor: Actor, now: datetime, seen_at: datetime | None = None
) -> AgendaItem:
    """Change an item; another time or room raises its SEQUENCE, and what was overruled there counts no longer.

    ``seen_at``: the last change that the editor knew of. Raises ChangedMeanwhile when there is a later one,
    ItemNotFound, and what :func:`add_item` raises.
    """
    event = hold_for_change(event_id, actor)
    row = _as_seen(event, item_id, seen_at)
    return keeper().carry(event, {row.uid: settled(event, values)}, deed=Deed.CHANGED, actor=actor, now=now)[row.uid]


@transactional
def move_to_room(
    *, event_id: int, item_id: int, room_id: int | None, actor: Actor, now: datetime, seen_at: datetime | None = None
) -> AgendaItem:
    """Put an item into another room, or into none, as :func:`edit_item` would; everything else of it stays.

    Raises Impossible where the room is taken, RoomElsewhere, UnknownReference, ChangedMeanwhile, ItemNotFound,
    MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    row = _as_seen(event, item_id, seen_at)
    values = replace(input_of(row), room_id=room_id)
    return keeper().carry(event, {row.uid: values}, deed=Deed.MOVED, actor=actor, now=now)[row.uid]


@transactional
def remove_item(*, event_id: int, item_id: int, actor: Actor, now: datetime) -> None:
    """Take an item off the agenda; raises MayNotManage or ItemNotFound."""
    event = hold_for_change(event_id, actor)
    row = keeper().row(event, item_id)
    keeper().carry(event, {row.uid: None}, deed=Deed.REMOVED, actor=actor, now=now)


@transactional
def overrule(*, event_id: int, item_id: int, warning: Trouble, reason: str, actor: Actor, now: datetime) -> None:
    """Accept a warning, saying why; a second reason replaces the first.

    Raises ReasonMissing, CannotOverrule for an error or for what is not the matter, MayNotManage, ItemNotFound.
    """
    event = hold_for_change(event_id, actor)
    row = keeper().row(event, item_id)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    standing = {found.trouble for found in read_agenda(event, keeper().rows(event)) if found.item_id == item_id}
    if warning in ERRORS or warning not in standing:
        raise CannotOverrule(trouble=warning)
    keeper().overrule(event, row, warning, reason.strip(), actor=actor, now=now)


def _as_seen(event: Event, item_id: int, seen_at: datetime | None) -> AgendaItem:
    row = keeper().row(event, item_id)
    if seen_at and row.content_changed_at != seen_at:
        raise ChangedMeanwhile
    return row
