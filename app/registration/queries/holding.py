"""What is read while seats are held. Statements are of tables and put together once: time under the lock counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from app.events.errors import EventNotFound
from app.events.models import Event
from app.kernel.db import db, hold_rows, table_of
from app.registration.models import Allotment, AllotmentKind, Quota, Registration, RegistrationPolicy
from app.registration.rules import (
    HOLDING,
    LIVE,
    Door,
    GroupRule,
    Place,
    Policy,
    Promotion,
    QuotaKind,
    QuotaTarget,
    Seats,
    Share,
    Waiting,
)

EarlierRows = Sequence[Row[int, Place, str, str, str, int]]

_seats, _events, _people = table_of(Allotment), table_of(Event), table_of(Registration)
_policies, _quotas = table_of(RegistrationPolicy), table_of(Quota)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldShare:
    """A quota while its allotment is held."""

    id: int
    allotment_id: int
    size: int
    is_released: bool
    target: QuotaTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSeats:
    """The seats of an event while its allotment, and those of its quotas, are held by this transaction."""

    id: int
    event_id: int
    capacity: int | None
    has_waitlist: bool
    next_number: int
    changes_until: datetime | None
    door: Door
    policy: Policy
    shares: tuple[HeldShare, ...] = ()


_SEATS_OF_EVENT = (
    _seats.c.event_id == bindparam("event_id"),
    _seats.c.kind.in_([AllotmentKind.EVENT, AllotmentKind.QUOTA]),
)
_HOLD = select(_seats.c.id).where(*_SEATS_OF_EVENT).order_by(_seats.c.id).with_for_update()
_READ = (
    select(
        _seats.c.id,
        _seats.c.event_id,
        _seats.c.kind,
        _seats.c.capacity,
        _seats.c.has_waitlist,
        _seats.c.next_number,
        _seats.c.opens_at,
        _seats.c.closes_at,
        _events.c.status,
        _events.c.audience,
        _events.c.starts_at,
        _events.c.ends_at,
        _policies.c.needs_approval,
        _policies.c.verifies_address,
        _policies.c.promotion,
        _policies.c.offer_hours,
        _policies.c.group_rule,
        _policies.c.most_companions,
        _policies.c.invited_skip_approval,
        _policies.c.changes_until,
        _quotas.c.id.label("quota_id"),
        _quotas.c.kind.label("quota_kind"),
        _quotas.c.organisation_id,
        _quotas.c.region_code,
        _quotas.c.org_type,
        _quotas.c.released_at,
    )
    .join(_events, _events.c.id == _seats.c.event_id)
    .join(_policies, _policies.c.event_id == _seats.c.event_id)
    .outerjoin(_quotas, _quotas.c.allotment_id == _seats.c.id)
    .where(*_SEATS_OF_EVENT)
    .order_by(_seats.c.id)
)


def wait_for_seats(event_id: int) -> None:
    """Hold the seats of an event without reading them yet."""
    hold_rows(_HOLD, {"event_id": event_id})


def hold_seats(event_id: int) -> HeldSeats:
    """Hold the seats of an event and of its quotas, so that places are decided one at a time; raises EventNotFound."""
    wait_for_seats(event_id)
    rows = db.session.execute(_READ, {"event_id": event_id}).all()
    if not rows:
        raise EventNotFound(event_id=event_id)
    row = rows[0]
    return HeldSeats(
        id=row.id,
        event_id=row.event_id,
        capacity=row.capacity,
        has_waitlist=row.has_waitlist,
        next_number=row.next_number,
        changes_until=row.changes_until,
        door=Door(
            status=row.status,
            audience=row.audience,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        ),
        policy=Policy(
            needs_approval=row.needs_approval,
            verifies_address=row.verifies_address,
            promotion=Promotion(row.promotion),
            offer_hours=row.offer_hours,
            group_rule=GroupRule(row.group_rule),
            most_companions=row.most_companions,
            invited_skip_approval=row.invited_skip_approval,
        ),
        shares=tuple(_held_share(one) for one in rows[1:]),
    )


def _held_share(row: Any) -> HeldShare:
    target = QuotaTarget(
        id=row.quota_id,
        kind=QuotaKind(row.quota_kind),
        target=row.region_code or row.org_type or str(row.organisation_id),
    )
    return HeldShare(
        id=row.quota_id,
        allotment_id=row.id,
        size=row.capacity or 0,
        is_released=row.released_at is not None,
        target=target,
    )


_COUNT = (
    select(
        _people.c.place,
        _people.c.seat_quota_id,
        _people.c.claim_id,
        func.sum(_people.c.seats).label("seats"),
        func.count().label("people"),
    )
    .where(
        _people.c.allotment_id == bindparam("allotment_id"), _people.c.place.in_([*sorted(HOLDING), Place.WAITLISTED])
    )
    .group_by(_people.c.place, _people.c.seat_quota_id, _people.c.claim_id)
)


def seats_of(held: HeldSeats) -> Seats:
    """Count who sits and who waits; true only while the seats are held."""
    rows = db.session.execute(_COUNT, {"allotment_id": held.id}).all()
    waiting = [row for row in rows if row.place is Place.WAITLISTED]
    sitting = [row for row in rows if row.place is not Place.WAITLISTED]
    return Seats(
        capacity=held.capacity,
        taken=sum(row.seats for row in sitting),
        waiting=sum(row.people for row in waiting),
        has_waitlist=held.has_waitlist,
        shares=tuple(
            Share(
                id=share.id,
                size=share.size,
                taken=sum(row.seats for row in sitting if row.seat_quota_id == share.id),
                waiting=sum(row.people for row in waiting if row.claim_id == share.id),
                is_released=share.is_released,
            )
            for share in held.shares
        ),
    )


def seats_offered(allotment_id: int) -> int:
    return (
        db.session.scalar(
            select(func.sum(_people.c.seats)).where(
                _people.c.allotment_id == allotment_id, _people.c.place == Place.OFFERED
            )
        )
        or 0
    )


_EARLIER = (
    select(
        _people.c.id,
        _people.c.place,
        _people.c.form_key,
        _people.c.form_digest,
        _people.c.email_key,
        _people.c.invitation_sequence,
    )
    .where(
        _people.c.allotment_id == bindparam("allotment_id"),
        or_(
            _people.c.form_key.in_(bindparam("form_keys", expanding=True)),
            _people.c.email_key.in_(bindparam("email_keys", expanding=True)),
        ),
    )
    .order_by(_people.c.number.desc())
)


def earlier_registrations(allotment_id: int, form_keys: Collection[str], email_keys: Collection[str]) -> EarlierRows:
    """Rows of the same forms or the same addresses, the latest first."""
    wanted = {"allotment_id": allotment_id, "form_keys": list(form_keys), "email_keys": list(email_keys)}
    return db.session.execute(_EARLIER, wanted).all()


_QUEUE = (
    select(_people.c.id, _people.c.seats, _people.c.claim_id, _people.c.party)
    .where(_people.c.allotment_id == bindparam("allotment_id"), _people.c.place == Place.WAITLISTED)
    .order_by(_people.c.ahead.desc(), _people.c.number)
)


def queue(allotment_id: int, *, most: int | None = None) -> list[Waiting]:
    """Who waits, in the order of the queue; ``most`` where only its beginning matters."""
    found = db.session.execute(_QUEUE.limit(most) if most is not None else _QUEUE, {"allotment_id": allotment_id})
    return [Waiting(*row) for row in found]


def is_waiting(allotment_id: int, party: str | None) -> bool:
    """Whether anybody of those who came together is in the queue."""
    waiting = select(_people.c.id).where(
        _people.c.allotment_id == allotment_id, _people.c.party == party, _people.c.place == Place.WAITLISTED
    )
    return party is not None and db.session.execute(waiting.limit(1)).first() is not None


def registrations_to_move(ids: Collection[int]) -> dict[int, Registration]:
    """Rows to change, read anew over whatever the request read before the lock."""
    found = db.session.scalars(
        select(Registration).where(Registration.id.in_(ids)), execution_options={"populate_existing": True}
    )
    return {one.id: one for one in found}


def without_a_seat(allotment_id: int) -> Sequence[Registration]:
    """Who is registered and has no seat yet, read anew, in the order of the queue."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.allotment_id == allotment_id, Registration.place.in_(LIVE - HOLDING))
        .order_by(Registration.ahead.desc(), Registration.number),
        execution_options={"populate_existing": True},
    ).all()


def furthest_ahead(allotment_id: int) -> int:
    """How far anybody in the queue was put forward; 0 when nobody was."""
    return (
        db.session.scalar(
            select(func.coalesce(func.max(_people.c.ahead), 0)).where(
                _people.c.allotment_id == allotment_id, _people.c.place == Place.WAITLISTED
            )
        )
        or 0
    )
