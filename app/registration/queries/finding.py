from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from app.events import queries as events
from app.events.errors import EventNotFound
from app.events.models import Event
from app.kernel.db import db, table_of
from app.network.models import Country, Membership, Organisation
from app.registration.errors import RegistrationNotFound
from app.registration.models import (
    Allotment,
    AllotmentKind,
    Quota,
    Registration,
    RegistrationChange,
    RegistrationPolicy,
)
from app.registration.rules import LIVE, Claimant, Place


@dataclass(frozen=True, slots=True)
class ShownSeats:
    """Seats as last counted, for lists; decisions never use them. ``kept``: by quotas, from the common pool."""

    capacity: int | None
    confirmed: int
    waiting: int
    has_waitlist: bool
    opens_at: datetime | None
    closes_at: datetime | None
    offered: int = 0
    kept: int = 0


_WITH_EVENT = joinedload(Registration.allotment).joinedload(Allotment.event).options(*events.FORM_NEEDS)
_seats = table_of(Allotment)


def capacity_of(event_id: int) -> int | None:
    """How many seats an event has; None without a limit."""
    return db.session.scalar(
        select(Allotment.capacity).where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.EVENT)
    )


def allotment_of(event_id: int) -> Allotment:
    """The seats of an event, to look at; raises EventNotFound."""
    allotment = db.session.scalar(
        select(Allotment)
        .where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.EVENT)
        .options(joinedload(Allotment.event))
    )
    if allotment is None:
        raise EventNotFound(event_id=event_id)
    return allotment


def quotas_of(event_id: int) -> Sequence[Quota]:
    """The quotas of an event in the order in which a claim is looked for, with how many seats each keeps."""
    return db.session.scalars(
        select(Quota)
        .join(Allotment, Allotment.id == Quota.allotment_id)
        .where(Allotment.event_id == event_id)
        .order_by(Quota.id)
        .options(joinedload(Quota.allotment), joinedload(Quota.organisation))
    ).all()


def quotas_to_release(now: datetime) -> list[int]:
    """Events with quotas whose day of release has come."""
    return list(
        db.session.scalars(
            select(Allotment.event_id)
            .join(Quota, Quota.allotment_id == Allotment.id)
            .where(Quota.released_at.is_(None), Quota.releases_at <= now)
            .distinct()
            .order_by(Allotment.event_id)
        )
    )


_NAMED = select(Organisation.id, Organisation.region_code).where(
    or_(func.lower(Organisation.name) == bindparam("typed"), func.lower(Organisation.short_name) == bindparam("typed"))
)
_KNOWN = select(Organisation.id, Organisation.region_code).where(Organisation.id == bindparam("organisation_id"))
_CLUSTERS = select(Membership.cluster_id).where(
    Membership.member_id.in_(bindparam("member_ids", expanding=True)), Membership.until.is_(None)
)


def claimant(org_type: str, organisation: str, organisation_id: int | None) -> Claimant:
    """What the network knows of the organisation that somebody names, for quotas: by its id, or by its whole name."""
    if organisation_id:
        found = db.session.execute(_KNOWN, {"organisation_id": organisation_id}).all()
    else:
        found = db.session.execute(_NAMED, {"typed": organisation.strip().lower()}).all()
    ids = frozenset(row.id for row in found)
    clusters = db.session.scalars(_CLUSTERS, {"member_ids": list(ids)}) if ids else ()
    return Claimant(
        org_type=org_type,
        organisation_ids=ids,
        cluster_ids=frozenset(clusters),
        region_codes=frozenset(row.region_code for row in found if row.region_code),
    )


def unverified_since(before: datetime, limit: int) -> Sequence[int]:
    """Registrations whose address did not prove itself in time."""
    return db.session.scalars(
        select(Registration.id)
        .where(Registration.place == Place.UNVERIFIED, Registration.created_at < before)
        .order_by(Registration.id)
        .limit(limit)
    ).all()


def policy_of(event_id: int) -> RegistrationPolicy:
    """How places are given at an event; raises EventNotFound."""
    policy = db.session.get(RegistrationPolicy, event_id)
    if policy is None:
        raise EventNotFound(event_id=event_id)
    return policy


def registration(registration_id: int) -> Registration:
    """Raises RegistrationNotFound."""
    found = db.session.get(Registration, registration_id)
    if found is None:
        raise RegistrationNotFound(registration_id=registration_id)
    return found


def registration_with_public_id(public_id: str) -> Registration:
    """The registration with its event and the event's venue; raises RegistrationNotFound."""
    found = db.session.scalar(select(Registration).where(Registration.public_id == public_id).options(_WITH_EVENT))
    if found is None:
        raise RegistrationNotFound(public_id=public_id)
    return found


def registration_for_mail(registration_id: int) -> Registration | None:
    return db.session.scalar(
        select(Registration).where(Registration.id == registration_id).options(_WITH_EVENT),
        execution_options={"populate_existing": True},
    )


def registrations(ids: Sequence[int]) -> Sequence[Registration]:
    return db.session.scalars(select(Registration).where(Registration.id.in_(ids)).order_by(Registration.number)).all()


def event_id_of(registration_id: int) -> int:
    """Raises RegistrationNotFound."""
    found = db.session.scalar(select(Allotment.event_id).join(Registration).where(Registration.id == registration_id))
    if found is None:
        raise RegistrationNotFound(registration_id=registration_id)
    return found


def queue_position(registration: Registration) -> int:
    """The place in the queue, counted from 1."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Registration)
            .where(
                Registration.allotment_id == registration.allotment_id,
                Registration.place == Place.WAITLISTED,
                or_(
                    Registration.ahead > registration.ahead,
                    and_(Registration.ahead == registration.ahead, Registration.number <= registration.number),
                ),
            )
        )
        or 0
    )


def live_registration_ids(event_id: int) -> list[int]:
    ids = db.session.scalars(
        select(Registration.id)
        .join(Allotment)
        .where(Allotment.event_id == event_id, Registration.place.in_(LIVE))
        .order_by(Registration.number)
    )
    return list(ids)


def count_live(event_id: int) -> int:
    """How many people a change concerns."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Registration)
            .join(Allotment)
            .where(Allotment.event_id == event_id, Registration.place.in_(LIVE))
        )
        or 0
    )


# lists ask for it at every request: built once, of the table and not of the entity
_SHOWN_SEATS = select(
    _seats.c.event_id,
    _seats.c.capacity,
    _seats.c.confirmed,
    _seats.c.waiting,
    _seats.c.has_waitlist,
    _seats.c.opens_at,
    _seats.c.closes_at,
    _seats.c.offered,
    _seats.c.kept,
).where(_seats.c.kind == AllotmentKind.EVENT, _seats.c.event_id.in_(bindparam("event_ids", expanding=True)))


def shown_seats(event_ids: Iterable[int]) -> dict[int, ShownSeats]:
    """Seats of several events in one query, as last counted."""
    rows = db.session.execute(_SHOWN_SEATS, {"event_ids": list(event_ids)})
    return {row[0]: ShownSeats(*row[1:]) for row in rows}


def participants(
    event_id: int, *, place: Place | None, query: str, limit: int, after: int = 0
) -> Sequence[Registration]:
    """Registrations of an event in the order of their numbers, from after a number on."""
    tests: list[ColumnElement[bool]] = [Allotment.event_id == event_id, Registration.number > after]
    if place:
        tests.append(Registration.place == place)
    if query:
        like = f"%{query.lower()}%"
        tests.append(
            or_(
                func.lower(Registration.given_name + " " + Registration.family_name).like(like),
                func.lower(Registration.organisation).like(like),
                Registration.email_key.like(like),
            )
        )
    return db.session.scalars(
        select(Registration).join(Allotment).where(*tests).order_by(Registration.number).limit(limit)
    ).all()


def counts_by_place(event_id: int) -> dict[Place, int]:
    rows = db.session.execute(
        select(Registration.place, func.count())
        .join(Allotment)
        .where(Allotment.event_id == event_id)
        .group_by(Registration.place)
    )
    return {row[0]: row[1] for row in rows}


def diversity(event_id: int) -> tuple[int, int]:
    """How many organisations and how many countries the confirmed come from, by what they typed."""
    row = db.session.execute(
        select(
            func.count(func.distinct(func.lower(Registration.organisation))),
            func.count(func.distinct(Registration.country_code)),
        )
        .join(Allotment)
        .where(Allotment.event_id == event_id, Registration.place == Place.CONFIRMED)
    ).one()
    return row[0], row[1]


def history(registration_id: int) -> Sequence[RegistrationChange]:
    return db.session.scalars(
        select(RegistrationChange)
        .where(RegistrationChange.registration_id == registration_id)
        .order_by(RegistrationChange.id)
    ).all()


def with_needs_of_events_over_before(before: datetime, limit: int) -> Sequence[Registration]:
    """Registrations that still hold diet or access needs though their event ended before."""
    return db.session.scalars(
        select(Registration)
        .join(Allotment)
        .join(Event)
        .where(Event.ends_at < before, Registration.needs_erased_at.is_(None))
        .order_by(Registration.id)
        .limit(limit)
    ).all()


def organiser_of(event_id: int) -> Organisation | None:
    """The first organiser named: the controller of its participants' data."""
    event = db.session.get(Event, event_id)
    return (
        next((part.organisation for part in event.organisations if part.role == "organiser"), None) if event else None
    )


_COUNTRIES = select(Country.code).order_by(Country.code)


def network_countries() -> list[str]:
    """The countries of the network's projects, which most participants come from."""
    return list(db.session.scalars(_COUNTRIES))
