"""How many seats there are, for whom they are kept, and how they are given."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.network.actors import SYSTEM, Actor
from app.registration import queries
from app.registration.errors import ClosesBeforeOpening, QuotaNotFound, QuotaReleased, QuotasAboveCapacity, ReleasePast
from app.registration.inputs import PolicyInput, QuotaInput, SeatsInput
from app.registration.models import Allotment, AllotmentKind, Quota, RegistrationPolicy
from app.registration.services import item_places
from app.registration.services.claiming import claim_again
from app.registration.services.placing import promote


@transactional
def provide_seats(event_id: int) -> None:
    """Give a new event its allotment: unlimited, with a waiting list."""
    db.session.add(Allotment(kind=AllotmentKind.EVENT, event_id=event_id, capacity=None, has_waitlist=True))
    db.session.add(RegistrationPolicy(event_id=event_id))


@transactional
def change_seats(*, event_slug: str, values: SeatsInput, actor: Actor, now: datetime) -> None:
    """Set capacity, waiting list and window. More seats go to the queue at once; fewer remove nobody.

    Raises MayNotManage, ClosesBeforeOpening, QuotasAboveCapacity.
    """
    event = manageable_event(event_slug, actor)
    if values.opens_at and values.closes_at and values.closes_at < values.opens_at:
        raise ClosesBeforeOpening(field="closes_at")
    held = queries.hold_seats(event.id)
    _check_quotas(values.capacity, sum(share.size for share in held.shares if not share.is_released))
    allotment = queries.allotment_of(event.id)
    allotment.capacity = values.capacity
    allotment.has_waitlist = values.has_waitlist
    allotment.opens_at = values.opens_at
    allotment.closes_at = values.closes_at
    db.session.flush()
    promote(queries.hold_seats(event.id), now=now)
    audit.note(
        "seats_changed", subject=f"event:{event.id}", account_id=actor.account_id, now=now, capacity=values.capacity
    )


@transactional
def change_policy(*, event_slug: str, values: PolicyInput, actor: Actor, now: datetime) -> None:
    """Set how places are given. Who asked for approval goes on waiting for it; the queue moves if it may now.

    Raises MayNotManage.
    """
    event = manageable_event(event_slug, actor)
    queries.hold_seats(event.id)
    policy = queries.policy_of(event.id)
    for name in PolicyInput.__slots__:
        setattr(policy, name, getattr(values, name))
    db.session.flush()
    promote(queries.hold_seats(event.id), now=now)
    item_places.move_up(event.id, now=now)
    audit.note("registration_policy_changed", subject=f"event:{event.id}", account_id=actor.account_id, now=now)


@transactional
def add_quota(*, event_slug: str, values: QuotaInput, actor: Actor, now: datetime) -> int:
    """Keep seats for some. Who has a seat keeps it; who waits may draw from the quota too. Returns its id.

    Raises MayNotManage, QuotasAboveCapacity, ReleasePast.
    """
    event = manageable_event(event_slug, actor)
    _check_release(values.releases_at, now)
    held = queries.hold_seats(event.id)
    kept = sum(share.size for share in held.shares if not share.is_released)
    _check_quotas(held.capacity, kept + values.size)
    allotment = Allotment(kind=AllotmentKind.QUOTA, event_id=event.id, capacity=values.size)
    db.session.add(allotment)
    db.session.flush()
    quota = Quota(
        allotment_id=allotment.id,
        kind=values.kind,
        organisation_id=values.organisation_id,
        region_code=values.region_code,
        org_type=values.org_type,
        releases_at=values.releases_at,
    )
    db.session.add(quota)
    db.session.flush()
    claim_again(queries.hold_seats(event.id))
    promote(queries.hold_seats(event.id), now=now)
    audit.note(
        "quota_added",
        subject=f"event:{event.id}",
        account_id=actor.account_id,
        now=now,
        quota=quota.id,
        size=values.size,
    )
    return quota.id


@transactional
def change_quota(
    quota_id: int, *, event_slug: str, size: int, releases_at: datetime | None, actor: Actor, now: datetime
) -> None:
    """Keep more or fewer seats, or until another day.

    Raises MayNotManage, QuotaNotFound, QuotaReleased, QuotasAboveCapacity, ReleasePast.
    """
    event = manageable_event(event_slug, actor)
    held = queries.hold_seats(event.id)
    quota = _quota(event.id, quota_id)
    if quota.released_at is not None:
        raise QuotaReleased(quota=quota_id)
    _check_release(releases_at, now)
    others = sum(share.size for share in held.shares if not share.is_released and share.id != quota_id)
    _check_quotas(held.capacity, others + size)
    quota.allotment.capacity = size
    quota.releases_at = releases_at
    db.session.flush()
    promote(queries.hold_seats(event.id), now=now)
    audit.note(
        "quota_changed", subject=f"event:{event.id}", account_id=actor.account_id, now=now, quota=quota_id, size=size
    )


@transactional
def release_quota(quota_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Give what a quota did not use to the common pool, before its day. Raises MayNotManage, QuotaNotFound."""
    event = manageable_event(event_slug, actor)
    queries.hold_seats(event.id)
    _release([_quota(event.id, quota_id)], event.id, actor=actor, now=now)


@transactional
def release_due(event_id: int, *, now: datetime) -> None:
    """Release the quotas of an event whose day has come: what is left goes to the queue, in its order."""
    queries.hold_seats(event_id)
    due = [one for one in queries.quotas_of(event_id) if one.releases_at is not None and one.releases_at <= now]
    _release(due, event_id, actor=SYSTEM, now=now)


def _release(quotas: list[Quota], event_id: int, *, actor: Actor, now: datetime) -> None:
    seats = {share.id: share for share in queries.seats_of(queries.hold_seats(event_id)).shares}
    for quota in quotas:
        if quota.released_at is not None:
            continue
        quota.released_at = now
        audit.note(
            "quota_released",
            subject=f"event:{event_id}",
            account_id=actor.account_id,
            now=now,
            quota=quota.id,
            size=seats[quota.id].size,
            used=seats[quota.id].taken,
            opened=seats[quota.id].kept,
        )
    db.session.flush()
    promote(queries.hold_seats(event_id), now=now)


def _quota(event_id: int, quota_id: int) -> Quota:
    found = next((one for one in queries.quotas_of(event_id) if one.id == quota_id), None)
    if found is None:
        raise QuotaNotFound(quota=quota_id)
    return found


def _check_release(releases_at: datetime | None, now: datetime) -> None:
    if releases_at is not None and releases_at <= now:
        raise ReleasePast(field="releases_at")


def _check_quotas(capacity: int | None, kept: int) -> None:
    if capacity is not None and kept > capacity:
        raise QuotasAboveCapacity(field="capacity", kept=kept, capacity=capacity)
