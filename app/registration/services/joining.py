"""Getting in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, update

from app.events.services import manageable_event
from app.kernel.db import db, hold_name, table_of, transactional
from app.kernel.ids import new_secret, opaque_id
from app.mail.queries import count_recent
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.errors import AlreadyRegistered, FormSentBefore, WrittenTooOften
from app.registration.inputs import PersonInput
from app.registration.models import Allotment, Registration
from app.registration.rules import LIVE, Place, Verb
from app.registration.services.places import note_change

# into the tables, past the unit of work: this runs under the lock that everybody waits for
_INSERT = insert(table_of(Registration)).returning(Registration.id)
_ALLOTMENT = table_of(Allotment)
_COUNT_UP = (
    update(_ALLOTMENT)
    .where(_ALLOTMENT.c.id == bindparam("held"))
    .values(next_number=bindparam("next"), confirmed=bindparam("taken"), waiting=bindparam("queued"))
)


@transactional
def join(*, event_id: int, person: PersonInput, form_key: str, now: datetime) -> Registration:
    """Give a participant a seat, or a place on the waiting list.

    The same form key with the same data gives the same registration again; with other data it raises
    FormSentBefore. Raises AlreadyRegistered when the address holds a place, and the refusal of the window
    (see rules.place_for) when there is none to give.
    """
    held = queries.hold_seats(event_id)  # first statement: everything below is read under the lock
    earlier = queries.earlier_registrations(held.id, form_key, person.email_key)
    for row in earlier:
        if row.form_key == form_key:
            if row.form_digest != person.digest():
                raise FormSentBefore
            return queries.registration(row.id)
    _refuse_second(earlier)
    seats = queries.seats_of(held)
    place = rules.place_for(held.door, seats, now)
    return _enter(held, seats, person, place, form_key=form_key, earlier=earlier, verb=Verb.JOIN, now=now)


@transactional
def join_within_limit(*, event_id: int, person: PersonInput, form_key: str, now: datetime) -> Registration:
    """Like join, for a form that anybody may send: nobody can make us write to an address over and over.

    The same form sent again writes no mail, so it is answered as ever. Raises WrittenTooOften as well.
    """
    hold_name(person.email_key)
    registration = join(event_id=event_id, person=person, form_key=form_key, now=now)
    is_new = registration.created_at == now
    if is_new and count_recent(person.email_key, now - rules.A_DAY) > rules.MOST_MAILS_A_DAY:
        raise WrittenTooOften(retry_after=3600)
    return registration


@transactional
def add(*, event_slug: str, person: PersonInput, actor: Actor, now: datetime) -> Registration:
    """An organiser enters somebody, at any time before the end; seats and queue are as for everybody else.

    Raises MayNotManage, AlreadyRegistered, EventFull.
    """
    event_id = manageable_event(event_slug, actor).id
    held = queries.hold_seats(event_id)
    form_key = f"by-hand-{new_secret()[:40]}"
    earlier = queries.earlier_registrations(held.id, form_key, person.email_key)
    _refuse_second(earlier)
    seats = queries.seats_of(held)
    place = rules.place_when_added(seats)
    return _enter(held, seats, person, place, form_key=form_key, earlier=earlier, verb=Verb.ADD, now=now, actor=actor)


def _refuse_second(earlier: queries.EarlierRows) -> None:
    for row in earlier:
        if row.place in LIVE:
            raise AlreadyRegistered(registration_id=row.id, place=row.place)


def _enter(
    held: queries.HeldSeats,
    seats: rules.Seats,
    person: PersonInput,
    place: Place,
    *,
    form_key: str,
    earlier: queries.EarlierRows,
    verb: Verb,
    now: datetime,
    actor: Actor | None = None,
) -> Registration:
    values = {
        "public_id": opaque_id(22),
        "allotment_id": held.id,
        "place": place,
        "number": held.next_number,
        "form_key": form_key,
        "form_digest": person.digest(),
        "link_version": 1,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email.strip(),
        "email_key": person.email_key,
        "organisation": person.organisation,
        "org_type": person.org_type,
        "country_code": person.country_code,
        "diet": person.diet or None,
        "access": person.access or None,
        "message": person.message or None,
        "locale": person.locale,
        "privacy_accepted_at": now,
        "invitation_sequence": max((row.invitation_sequence for row in earlier), default=-1) + 1,
        "created_at": now,
        "placed_at": now,
    }
    registration = Registration(id=db.session.scalar(_INSERT, values), **values)
    db.session.execute(
        _COUNT_UP,
        {
            "held": held.id,
            "next": held.next_number + 1,
            "taken": seats.taken + (place is Place.CONFIRMED),
            "queued": seats.waiting + (place is Place.WAITLISTED),
        },
    )
    note_change(registration, held.event_id, verb=verb, before=None, now=now, actor=actor)
    return registration
