"""Somebody is moved from one part of the agenda to another, or taken off it, by the organiser or the delegation."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import transactional
from app.network.actors import Actor
from app.registration import queries
from app.registration.errors import NoSuchItem, RegistrationNotFound
from app.registration.queries import managing
from app.registration.services import item_places


@transactional
def move_person(
    registration_id: int, *, event_slug: str, from_item: int | None, to_item: int | None, actor: Actor, now: datetime
) -> None:
    """Take somebody off one part of the agenda (None: off none) and sign up for another (None: for none).

    A free place is given at once, else one waits at the end of that part's queue.
    Raises MayNotManage, RegistrationNotFound, NoSuchItem, ItemsClash, WrongPlace.
    """
    event = manageable_event(event_slug, actor)
    queries.hold_seats(event.id)
    if queries.event_id_of(registration_id) != event.id:
        raise RegistrationNotFound(registration_id=registration_id)
    change_items(event.id, registration_id, from_item=from_item, to_item=to_item, by_hand=True, actor=actor, now=now)


def change_items(
    event_id: int,
    registration_id: int,
    *,
    from_item: int | None,
    to_item: int | None,
    by_hand: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """The same once it is known that the actor may; the seats of the event are held by the caller.

    ``by_hand``: onto a part that takes no sign-ups any more, too.
    """
    chosen = {line.item_id for line in managing.item_lines(event_id, [registration_id])}
    if from_item is not None and from_item not in chosen:
        raise NoSuchItem(field="person")
    wanted = chosen - {from_item} | ({to_item} if to_item is not None else set())
    item_places.choose(registration_id, item_ids={one for one in wanted if one is not None}, by_hand=by_hand, now=now)
    audit.note(
        "item_changed",
        subject=f"registration:{registration_id}",
        account_id=actor.account_id,
        now=now,
        left=from_item,
        joined=to_item,
    )
