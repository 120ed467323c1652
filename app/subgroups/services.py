"""Make groups, keep them as people come and go, move people by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.registration import queries as registrations
from app.registration.models import Allotment, AllotmentKind
from app.subgroups import queries, rules
from app.subgroups.errors import GroupFull, NobodyToDivide, NotAMember, SubGroupNotFound
from app.subgroups.models import Rotation, SubGroup, SubGroupMember
from app.subgroups.rules import Visitor


@transactional
def make(*, event_slug: str, size: int, anew: bool = False, actor: Actor, now: datetime) -> int:
    """Divide everybody with a place into groups of at most ``size``; how many groups there are then.

    No stop's limit is passed. Who has a group keeps it unless all are made ``anew``. Raises MayNotManage,
    SizeOutOfRange, NobodyToDivide.
    """
    event = manageable_event(event_slug, actor)
    rules.check_size(size)
    limit = min(size, queries.smallest_limit(event.id) or size)
    registrations.hold_seats(event.id)
    groups = queries.hold_groups(event.id)
    if anew:
        _remove(groups)
        groups = []
    people = _by_number(queries.visitors(event.id), groups)
    if not people:
        raise NobodyToDivide
    placed, more = rules.divide(people, [one.number for one in groups], limit=limit)
    for one in groups:
        one.allotment.capacity = limit
    last = max((one.number for one in groups), default=0)
    groups += [_new_group(event.id, last + step, limit) for step in range(1, more + 1)]
    _place(placed, people, {one.number: one for one in groups}, now=now)
    audit.note(
        "subgroups.made",
        subject=f"event:{event.id}",
        account_id=actor.account_id,
        now=now,
        groups=len(groups),
        limit=limit,
        anew=anew,
    )
    return len(groups)


@transactional
def put(
    registration_id: int, *, event_slug: str, number: int | None, reason: str = "", actor: Actor, now: datetime
) -> None:
    """Move somebody by hand into the group of that number, or out of all of them.

    Beyond the limit only with a reason, which is logged. Raises MayNotManage, NotAMember, SubGroupNotFound, GroupFull.
    """
    event = manageable_event(event_slug, actor)
    registrations.hold_seats(event.id)
    groups = {one.number: one for one in queries.hold_groups(event.id)}
    people = {one.id: one for one in queries.visitors(event.id)}
    if registration_id not in people:
        raise NotAMember(registration=registration_id)
    group = _numbered(groups, number) if number is not None else None
    is_beyond = group is not None and _is_beyond(group, people[registration_id], people.values())
    if is_beyond and not reason.strip():
        raise GroupFull(field="reason", limit=group.allotment.capacity if group else 0)
    _put(registration_id, group, now=now)
    audit.note(
        "subgroups.moved",
        subject=f"registration:{registration_id}",
        account_id=actor.account_id,
        now=now,
        group=number,
        beyond_limit=is_beyond,
        reason=reason.strip(),
    )
    _count(groups.values())


@transactional
def name(
    sub_group_id: int,
    *,
    event_slug: str,
    words: str,
    guide_id: int | None,
    guide_text: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a group a name and a guide. Raises MayNotManage, SubGroupNotFound."""
    event = manageable_event(event_slug, actor)
    group = queries.group(event.id, sub_group_id)
    group.name, group.guide_id, group.guide_text = words, guide_id, guide_text
    audit.note("subgroups.named", subject=f"event:{event.id}", account_id=actor.account_id, now=now, group=group.number)


@transactional
def set_slot(*, event_slug: str, day: int, start_minute: int, slot_minutes: int, actor: Actor, now: datetime) -> None:
    """How long a round takes at the stations that begin then. Raises MayNotManage, SlotOutOfRange."""
    event = manageable_event(event_slug, actor)
    rules.check_slot(slot_minutes)
    row = queries.rotation(event.id, day, start_minute)
    if row is None:
        row = Rotation(event_id=event.id, day=day, start_minute=start_minute)
        db.session.add(row)
    row.slot_minutes = slot_minutes
    audit.note("subgroups.slot_set", subject=f"event:{event.id}", account_id=actor.account_id, now=now)


@transactional
def remove_all(*, event_slug: str, actor: Actor, now: datetime) -> None:
    """Do without groups again. Raises MayNotManage."""
    event = manageable_event(event_slug, actor)
    registrations.hold_seats(event.id)
    _remove(queries.hold_groups(event.id))
    audit.note("subgroups.removed", subject=f"event:{event.id}", account_id=actor.account_id, now=now)


@transactional
def follow(event_id: int, *, came: Collection[int], left: Collection[int], now: datetime) -> None:
    """Whoever got a place goes into the smallest group, whoever lost it leaves; the others stay where they are.

    The seats of the event are held by the verb that moved them. Who fits nowhere waits for the organiser.
    """
    if not queries.has_groups(event_id):
        return
    groups = queries.hold_groups(event_id)
    db.session.execute(delete(SubGroupMember).where(SubGroupMember.registration_id.in_(left)))
    db.session.flush()
    people = _by_number(queries.visitors(event_id), groups)
    known = [one for one in people if one.group is not None or one.id in came]
    limit = min((one.allotment.capacity for one in groups if one.allotment.capacity is not None), default=0)
    _place(
        rules.balance(known, [one.number for one in groups], limit=limit),
        people,
        {one.number: one for one in groups},
        now=now,
    )


@transactional
def heed_limits(event_id: int) -> None:
    """A stop takes fewer people now: later groups are no larger. Who is in a group already stays."""
    limit = queries.smallest_limit(event_id)
    if limit is None or not queries.has_groups(event_id):
        return
    for one in queries.hold_groups(event_id):
        one.allotment.capacity = min(limit, one.allotment.capacity or limit)


def _by_number(people: list[Visitor], groups: list[SubGroup]) -> list[Visitor]:
    numbers = {one.id: one.number for one in groups}
    return [replace(one, group=numbers.get(one.group) if one.group else None) for one in people]


def _numbered(groups: dict[int, SubGroup], number: int) -> SubGroup:
    if number not in groups:
        raise SubGroupNotFound(number=number)
    return groups[number]


def _is_beyond(group: SubGroup, one: Visitor, people: Collection[Visitor]) -> bool:
    taken = sum(other.seats for other in people if other.group == group.id and other.id != one.id)
    capacity = group.allotment.capacity
    return one.group != group.id and capacity is not None and taken + one.seats > capacity


def _new_group(event_id: int, number: int, limit: int) -> SubGroup:
    allotment = Allotment(kind=AllotmentKind.SUB_GROUP, event_id=event_id, capacity=limit, has_waitlist=False)
    group = SubGroup(event_id=event_id, number=number, name="", guide_text="", allotment=allotment)
    db.session.add(group)
    db.session.flush()
    return group


def _place(placed: dict[int, int], people: list[Visitor], groups: dict[int, SubGroup], *, now: datetime) -> None:
    """Write those who have no group yet; the others keep theirs."""
    for one in people:
        number = placed.get(one.id)
        if number is not None and one.group is None:
            _put(one.id, groups[number], now=now)
    _count(groups.values())


def _put(registration_id: int, group: SubGroup | None, *, now: datetime) -> None:
    row = queries.member(registration_id)
    if group is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(SubGroupMember(registration_id=registration_id, sub_group_id=group.id, placed_at=now))
    else:
        row.sub_group_id, row.placed_at = group.id, now


def _count(groups: Collection[SubGroup]) -> None:
    """Renew the seats that pages show."""
    db.session.flush()
    groups = list(groups)
    taken = rules.sizes(queries.visitors(groups[0].event_id)) if groups else {}
    for one in groups:
        one.allotment.confirmed = taken.get(one.id, 0)


def _remove(groups: Collection[SubGroup]) -> None:
    """The allotments take groups and members with them."""
    ids = [one.allotment_id for one in groups]
    for one in groups:
        db.session.expunge(one)
    db.session.execute(delete(Allotment).where(Allotment.id.in_(ids)))
    db.session.expire_all()
