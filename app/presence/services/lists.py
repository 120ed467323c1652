"""Lists of the organiser's own, and the window in which people check themselves in."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.network.actors import Actor
from app.presence import queries
from app.presence.errors import ItemHasList, LabelMissing, ListInUse, ListNotFound, WindowTurnedRound
from app.presence.inputs import ListInput, WindowInput
from app.presence.models import CheckList
from app.presence.rules import ListKind
from app.presence.services.days import list_with_key, number_of_days

CODE_LENGTH = 6  # 887 million codes for a window of hours and a few tries a minute


@transactional
def add_list(*, event_slug: str, values: ListInput, actor: Actor, now: datetime) -> str:
    """Make a list for a part of the agenda, a meal or anything; gives its key.

    Raises MayNotManage, ListNotFound for a day or a part that the event has not, ItemHasList, LabelMissing.
    """
    event = manageable_event(event_slug, actor)
    day, label = values.day, values.label
    if values.kind is ListKind.ITEM:
        item = queries.agenda_item(event.id, values.agenda_item_id or 0)
        if item is None:
            raise ListNotFound(field="agenda_item")
        if queries.list_of_item(item.id):
            raise ItemHasList(field="agenda_item")
        day, label = item.day + 1, item.title
    elif not label:
        raise LabelMissing(field="label_en")
    if not 1 <= day <= max(number_of_days(event), 1):
        raise ListNotFound(field="day")
    one = CheckList(
        event_id=event.id,
        kind=values.kind,
        day=day,
        label=label,
        agenda_item_id=values.agenda_item_id if values.kind is ListKind.ITEM else None,
        has_exit=values.has_exit,
        position=len(queries.lists_of(event.id)),
    )
    db.session.add(one)
    db.session.flush()
    audit.note("check_list_added", subject=f"event:{event.id}", account_id=actor.account_id, now=now, list=one.key)
    return one.key


@transactional
def change_list(*, event_slug: str, list_key: str, values: WindowInput, actor: Actor, now: datetime) -> None:
    """Set the exit and the window of self check-in; a code is made with the first window.

    Raises MayNotManage, ListNotFound, WindowTurnedRound.
    """
    event = manageable_event(event_slug, actor)
    one = list_with_key(event.id, list_key)
    if (values.self_from is None) is not (values.self_until is None):
        raise WindowTurnedRound(field="self_until")
    if values.self_from and values.self_until and values.self_from >= values.self_until:
        raise WindowTurnedRound(field="self_until")
    one.has_exit, one.self_from, one.self_until = values.has_exit, values.self_from, values.self_until
    if values.self_from and not one.self_code:
        one.self_code = opaque_id(CODE_LENGTH)


@transactional
def renew_code(*, event_slug: str, list_key: str, actor: Actor) -> None:
    """A new code for the wall; the old one opens nothing any more. Raises MayNotManage, ListNotFound."""
    event = manageable_event(event_slug, actor)
    list_with_key(event.id, list_key).self_code = opaque_id(CODE_LENGTH)


@transactional
def remove_list(*, event_slug: str, list_key: str, actor: Actor, now: datetime) -> None:
    """Take away a list on which nothing was noted. Raises MayNotManage, ListNotFound, ListInUse."""
    event = manageable_event(event_slug, actor)
    one = list_with_key(event.id, list_key)
    if queries.is_used(one.id):
        raise ListInUse
    db.session.delete(one)
    audit.note("check_list_removed", subject=f"event:{event.id}", account_id=actor.account_id, now=now, list=list_key)
