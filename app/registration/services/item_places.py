"""Places at parts of the agenda: wanted with the registration, given once that is confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.dates import NoSuchTime
from app.kernel.db import db, table_of, transactional
from app.kernel.facts import record
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.errors import ItemsClash, NoSuchItem, RoomTooSmall, SignUpInUse, WrongPlace
from app.registration.facts import ItemPlacesChanged
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration
from app.registration.queries import ItemSeats
from app.registration.queries.holding_items import ItemCount, PlaceAtItem, QueuedAtItem, SignUp
from app.registration.rules import LIVE, GroupRule, ItemStanding, Place

_ALLOTMENT = table_of(Allotment)
_PLACE = table_of(ItemPlace)
_WANT = insert(_PLACE).returning(_PLACE.c.id)
_END = delete(_PLACE).where(_PLACE.c.id.in_(bindparam("ids", expanding=True)))
_QUEUE_UP = (
    update(_PLACE)
    .where(_PLACE.c.id == bindparam("place"))
    .values(standing=ItemStanding.QUEUED, number=bindparam("number_now"), placed_at=bindparam("at"))
)
_SEAT = (
    update(_PLACE)
    .where(_PLACE.c.id.in_(bindparam("ids", expanding=True)))
    .values(standing=ItemStanding.SEATED, placed_at=bindparam("at"))
)
_COUNT = (
    update(_ALLOTMENT)
    .where(_ALLOTMENT.c.id == bindparam("held"))
    .values(
        confirmed=bindparam("seated_now"), waiting=bindparam("queued_now"), next_number=bindparam("next_number_now")
    )
)


@transactional
def open_sign_up(*, event_slug: str, item_id: int, capacity: int | None, actor: Actor, now: datetime) -> None:
    """Let people sign up for a part of the agenda, or change how many; more places go to its queue at once.

    Without a ``capacity`` there are as many places as its room has seats, and no limit where that is not known.
    Raises MayNotManage, NoSuchItem, RoomTooSmall for more places than its room has seats.
    """
    event = manageable_event(event_slug, actor)
    queries.hold_seats(event.id)
    item = queries.agenda_item(event.id, item_id)
    if item is None:
        raise NoSuchItem(field="items")
    seats = item.room.seats if item.room else None
    if capacity is not None and seats is not None and capacity > seats:
        raise RoomTooSmall(field="capacity", seats=seats)
    capacity = seats if capacity is None else capacity
    found = queries.allotment_of_item(item_id)
    if found is None:
        db.session.add(Allotment(kind=AllotmentKind.ITEM, event_id=event.id, agenda_item_id=item_id, capacity=capacity))
        return
    found.capacity = capacity
    db.session.flush()
    _let_in(queries.hold_items([found.id]), event.id, set(), now=now)


@transactional
def fit_rooms(event_id: int) -> None:
    """No part of the agenda takes more sign-ups than its room has seats, whatever room it was put into.

    Who has a place keeps it, as when an organiser lowers the number.
    """
    if not queries.beyond_their_rooms(event_id):
        return
    queries.hold_seats(event_id)
    for allotment, seats in queries.beyond_their_rooms(event_id):
        allotment.capacity = seats


@transactional
def move_up(event_id: int, *, now: datetime) -> None:
    """Who waits at parts of an event gets what is free there by the rule that holds now.

    The event's allotment is held by the caller.
    """
    _let_in(queries.hold_items(queries.sign_up_ids(event_id)), event_id, set(), now=now)


@transactional
def close_sign_up(*, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """Let nobody else sign up for a part of the agenda. Who waits there goes on waiting, and moves up.

    Raises MayNotManage, NoSuchItem.
    """
    event_id, allotment = _sign_up(event_slug, item_id, actor)
    allotment.closes_at = allotment.closes_at or now
    audit.note("sign_up_closed", subject=f"event:{event_id}", account_id=actor.account_id, now=now, item=item_id)


@transactional
def reopen_sign_up(*, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """Let people sign up again. Raises MayNotManage, NoSuchItem."""
    event_id, allotment = _sign_up(event_slug, item_id, actor)
    allotment.closes_at = None
    audit.note("sign_up_reopened", subject=f"event:{event_id}", account_id=actor.account_id, now=now, item=item_id)


@transactional
def remove_sign_up(*, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """A part of the agenda is open to everybody again; raises MayNotManage, NoSuchItem, SignUpInUse."""
    event_id, allotment = _sign_up(event_slug, item_id, actor)
    if people := len(queries.people_at_items([item_id])):
        raise SignUpInUse(people=people)
    db.session.delete(allotment)
    audit.note("sign_up_removed", subject=f"event:{event_id}", account_id=actor.account_id, now=now, item=item_id)


def _sign_up(event_slug: str, item_id: int, actor: Actor) -> tuple[int, Allotment]:
    event = manageable_event(event_slug, actor)
    queries.hold_seats(event.id)
    found = queries.allotment_of_item(item_id)
    if found is None or found.event_id != event.id:
        raise NoSuchItem(field="items")
    return event.id, found


@transactional
def end_places(event_id: int, item_id: int, *, now: datetime) -> Sequence[Registration]:
    """A part of the agenda goes, and every place there with it; who had, awaited or wanted one."""
    queries.hold_seats(event_id)
    allotment = queries.allotment_of_item(item_id)
    if allotment is None:
        return []
    people = queries.people_at_items([item_id])
    db.session.delete(allotment)
    if people:
        record(ItemPlacesChanged(event_id=event_id, at=now, registration_ids=frozenset(one.id for one in people)))
    return people


@transactional
def choose(registration_id: int, *, item_ids: Collection[int], by_hand: bool = False, now: datetime) -> None:
    """Change which parts of the agenda somebody takes part in; what is kept keeps its place in the queue.

    ``by_hand``: an organiser may also choose what takes no sign-ups any more, and when the event is over.
    Raises NoSuchItem, ItemsClash, WrongPlace once the registration is over, EventCalledOff, EventPast.
    """
    event_id = queries.event_id_of(registration_id)
    held = queries.hold_seats(event_id)
    if by_hand:
        rules.check_not_called_off(held.door)
    else:
        rules.check_takes_place(held.door, now)
    registration = queries.registrations_to_move([registration_id])[registration_id]
    if registration.place not in LIVE:
        raise WrongPlace(place=registration.place)
    places = queries.item_places_of([registration_id])
    chosen = check_choice(event_id, item_ids, kept={one.allotment_id for one in places}, by_hand=by_hand)
    wanted = {one.id for one in chosen}
    left = {one.allotment_id for one in places if one.allotment_id not in wanted}
    _end([one.id for one in places if one.allotment_id in left])
    want({registration_id: wanted - {one.allotment_id for one in places}}, now=now)
    settle(event_id, [registration], freed=left, now=now)


@transactional
def check_open(registration_id: int, *, now: datetime) -> None:
    """Whether parts of the agenda may still be chosen and left; raises EventCalledOff, EventPast."""
    rules.check_takes_place(queries.hold_seats(queries.event_id_of(registration_id)).door, now)


def check_choice(
    event_id: int, item_ids: Collection[int], *, kept: Collection[int] = frozenset(), by_hand: bool = False
) -> Sequence[SignUp]:
    """The allotments of chosen parts of the agenda; those of ``kept`` may be closed for everybody else.

    Raises NoSuchItem, and ItemsClash where two overlap.
    """
    if not item_ids:
        return []
    chosen = queries.sign_ups_for(event_id, item_ids)
    if len(chosen) < len(set(item_ids)):
        raise NoSuchItem(field="items")
    if not by_hand and any(one.closes_at is not None and one.id not in kept for one in chosen):
        raise NoSuchItem(field="items")
    if found := rules.clash([_slot(one) for one in chosen]):
        raise ItemsClash(field="items", one=found[0], other=found[1])
    return chosen


def _slot(chosen: SignUp) -> rules.Slot:
    try:
        begins, ends = chosen.span.place(chosen.slot)
    except NoSuchTime:  # on the night of the clock change: as typed
        midnight = chosen.slot.day * 1440
        begins, ends = midnight + chosen.slot.start_minute, midnight + chosen.slot.end_minute
    return rules.Slot(chosen.item_id, begins, ends)


def want(wanted: Mapping[int, Collection[int]], *, now: datetime) -> None:
    """Note which allotments somebody wants, before any is given; registration id → allotment ids."""
    _note(_wishes(wanted, now))


def enter(event_id: int, wanted: Mapping[int, Collection[int]], confirmed: Collection[int], *, now: datetime) -> None:
    """What newcomers want: the ``confirmed`` among them stand in the queues at once, and get what is there.

    The event's allotment is held by the caller; those of the items are locked here, in the order of their ids.
    """
    rows = _wishes(wanted, now)
    held = queries.hold_items({row["allotment_id"] for row in rows}) if rows and confirmed else []
    numbers = {one.id: one.next_number for one in held}
    for row in sorted(rows, key=lambda row: row["registration_id"]):
        if row["registration_id"] in confirmed:
            row |= {"standing": ItemStanding.QUEUED, "number": numbers[row["allotment_id"]]}
            numbers[row["allotment_id"]] += 1
    fresh = _note(rows)
    if held:
        changed = {one for one in confirmed if wanted.get(one)}
        _let_in(held, event_id, changed, numbers=numbers, fresh=fresh, now=now)


def _wishes(wanted: Mapping[int, Collection[int]], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "registration_id": registration_id,
            "allotment_id": allotment_id,
            "standing": ItemStanding.WANTED,
            "number": 0,
            "placed_at": now,
        }
        for registration_id, allotment_ids in wanted.items()
        for allotment_id in sorted(allotment_ids)
    ]


def _note(rows: Sequence[dict[str, Any]]) -> set[int]:
    """The places that were written down."""
    return set(db.session.scalars(_WANT, rows)) if rows else set()


def settle(
    event_id: int, registrations: Sequence[Registration], *, freed: Collection[int] = frozenset(), now: datetime
) -> None:
    """Give, queue or free places at parts of the agenda after registrations moved.

    The event's allotment is held by the caller; those of the items are locked here, in the order of their ids.
    """
    places = queries.item_places_of([one.id for one in registrations])
    touched = {place.allotment_id for place in places} | set(freed)
    if not touched:
        return
    db.session.flush()
    standing = {one.id: one.place for one in registrations}
    held = queries.hold_items(touched)
    over = [place for place in places if standing[place.registration_id] not in LIVE]
    _end([place.id for place in over])
    queued, numbers = _queue_up(
        held, [place for place in places if standing[place.registration_id] is Place.CONFIRMED], now
    )
    changed = {place.registration_id for place in [*over, *queued]}
    _let_in(held, event_id, changed, numbers=numbers, fresh={place.id for place in queued}, now=now)


def _end(ids: Sequence[int]) -> None:
    if ids:
        db.session.execute(_END, {"ids": ids})


def _queue_up(
    held: Sequence[ItemSeats], places: Sequence[PlaceAtItem], now: datetime
) -> tuple[list[PlaceAtItem], dict[int, int]]:
    """Who only wanted a place stands at the end of its queue now; and the numbers to go on with."""
    numbers = {one.id: one.next_number for one in held}
    wanted = [one for one in places if one.standing is ItemStanding.WANTED]
    rows = []
    for one in sorted(wanted, key=lambda one: (one.allotment_id, one.id)):
        rows.append({"place": one.id, "number_now": numbers[one.allotment_id], "at": now})
        numbers[one.allotment_id] += 1
    if rows:
        db.session.execute(_QUEUE_UP, rows)
    return wanted, numbers


def _let_in(
    items: Sequence[ItemSeats],
    event_id: int,
    changed: set[int],
    *,
    numbers: Mapping[int, int] | None = None,
    fresh: Collection[int] = frozenset(),
    now: datetime,
) -> None:
    """Seat the queue of each part of the agenda while it fits, by the rule of the event.

    ``changed``: registrations with a change already; ``fresh``: places that joined the queue only just now.
    """
    counted = queries.item_counts([item.id for item in items])
    risen: list[QueuedAtItem] = []
    counts = []
    for item in items:
        seated = _who_fits(item, counted[item.id], event_id)
        risen += seated
        counts.append(
            {
                "held": item.id,
                "seated_now": counted[item.id].taken + sum(one.seats for one in seated),
                "queued_now": counted[item.id].queued - len(seated),
                "next_number_now": (numbers or {}).get(item.id, item.next_number),
            }
        )
    if risen:
        db.session.execute(_SEAT, {"ids": [one.id for one in risen], "at": now})
    if counts:
        db.session.execute(_COUNT, counts)
    changed = changed | {one.registration_id for one in risen}
    if changed:
        told = frozenset(one.registration_id for one in risen if one.id not in fresh)
        record(ItemPlacesChanged(event_id=event_id, at=now, registration_ids=frozenset(changed), risen_ids=told))


def _who_fits(item: ItemSeats, counted: ItemCount, event_id: int) -> list[QueuedAtItem]:
    free = None if item.capacity is None else max(0, item.capacity - counted.taken)
    if not counted.queued or free == 0:
        return []
    queue = queries.item_queue(item.id, most=free)
    if free is None:
        return queue
    fitting = rules.who_fits(free, queue, GroupRule.PART)
    is_over = len(fitting) == len(queue) or sum(one.seats for one in fitting) == free
    if is_over or queries.policy_of(event_id).group_rule is GroupRule.PART:
        return fitting
    return rules.who_fits(free, queries.item_queue(item.id), GroupRule.SKIP)
