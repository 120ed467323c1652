from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from app.events import queries as events
from app.events.errors import EventNotFound
from app.events.models import Event
from app.kernel.db import db, table_of
from app.network.models import Country, Organisation
from app.registration.errors import RegistrationNotFound
from app.registration.models import Allotment, Registration, RegistrationChange
from app.registration.rules import LIVE, Door, Place, Seats

EarlierRows = Sequence[Row[int, Place, str, str, str, int]]


@dataclass(frozen=True, slots=True)
class ShownSeats:
    """Seats as last counted, for lists; decisions never use them."""

    capacity: int | None
    confirmed: int
    waiting: int
    has_waitlist: bool
    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldSeats:
    """The seats of an event while its allotment is held by this transaction."""

    id: int
    event_id: int
    capacity: int | None
    has_waitlist: bool
    next_number: int
    door: Door


def hold_seats(event_id: int) -> HeldSeats:
    """Hold the seats of an event, so that places are decided one at a time; raises EventNotFound.

    Plain columns: with as many people as seats are wanted for at once, the time under the lock is what counts.
    """
    row = db.session.execute(_HOLD, {"event_id": event_id}).one_or_none()
    if row is None:
        raise EventNotFound(event_id=event_id)
    door = Door(
        status=row.status,
        audience=row.audience,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
    return HeldSeats(row.id, row.event_id, row.capacity, row.has_waitlist, row.next_number, door)


def lock_allotment(event_id: int) -> Allotment:
    """Load the seats of an event as a row to change, and hold them; raises EventNotFound."""
    allotment = db.session.scalar(_LOCK, {"event_id": event_id}, execution_options={"populate_existing": True})
    if allotment is None:
        raise EventNotFound(event_id=event_id)
    return allotment


_WITH_EVENT = joinedload(Registration.allotment).joinedload(Allotment.event).options(*events.FORM_NEEDS)
# what runs under the lock is of tables, and put together once: building it would take longer than running it
_seats, _events, _people = table_of(Allotment), table_of(Event), table_of(Registration)
_HOLD = (
    select(
        _seats.c.id,
        _seats.c.event_id,
        _seats.c.capacity,
        _seats.c.has_waitlist,
        _seats.c.next_number,
        _seats.c.opens_at,
        _seats.c.closes_at,
        _events.c.status,
        _events.c.audience,
        _events.c.starts_at,
        _events.c.ends_at,
    )
    .join(_events, _events.c.id == _seats.c.event_id)
    .where(_seats.c.event_id == bindparam("event_id"))
    .with_for_update(of=_seats)
)
_LOCK = select(Allotment).where(Allotment.event_id == bindparam("event_id")).with_for_update()
_COUNT = select(
    func.count().filter(_people.c.place == Place.CONFIRMED),
    func.count().filter(_people.c.place == Place.WAITLISTED),
).where(_people.c.allotment_id == bindparam("allotment_id"))
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
        or_(_people.c.form_key == bindparam("form_key"), _people.c.email_key == bindparam("email_key")),
    )
    .order_by(_people.c.number.desc())
)


def capacity_of(event_id: int) -> int | None:
    """How many seats an event has; None without a limit."""
    return db.session.scalar(select(Allotment.capacity).where(Allotment.event_id == event_id))


def allotment_of(event_id: int) -> Allotment:
    """The seats of an event, to look at; raises EventNotFound."""
    allotment = db.session.scalar(
        select(Allotment).where(Allotment.event_id == event_id).options(joinedload(Allotment.event))
    )
    if allotment is None:
        raise EventNotFound(event_id=event_id)
    return allotment


def seats_of(allotment: Allotment | HeldSeats) -> Seats:
    """Count who sits and who waits; true only while the allotment is held."""
    taken, waiting = db.session.execute(_COUNT, {"allotment_id": allotment.id}).one()
    return Seats(capacity=allotment.capacity, taken=taken, waiting=waiting, has_waitlist=allotment.has_waitlist)


def earlier_registrations(allotment_id: int, form_key: str, email_key: str) -> EarlierRows:
    """Rows of the same form or the same address, the latest first."""
    wanted = {"allotment_id": allotment_id, "form_key": form_key, "email_key": email_key}
    return db.session.execute(_EARLIER, wanted).all()


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
                Registration.number <= registration.number,
            )
        )
        or 0
    )


def first_waiting(allotment_id: int, how_many: int) -> Sequence[Registration]:
    return db.session.scalars(
        select(Registration)
        .where(Registration.allotment_id == allotment_id, Registration.place == Place.WAITLISTED)
        .order_by(Registration.number)
        .limit(how_many),
        execution_options={"populate_existing": True},
    ).all()


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
).where(_seats.c.event_id.in_(bindparam("event_ids", expanding=True)))


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
