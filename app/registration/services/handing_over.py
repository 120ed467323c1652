"""A place goes to a colleague."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import db, hold_name, transactional
from app.kernel.facts import record
from app.mail.queries import count_recent
from app.questions.rules.words import PERSONAL
from app.registration import queries, rules
from app.registration.errors import AlreadyRegistered, WrittenTooOften
from app.registration.facts import SeatHandedOver
from app.registration.inputs import Heir
from app.registration.models import Registration
from app.registration.queries import HeldSeats
from app.registration.rules import LIVE, Verb
from app.registration.services.placing import held_registration, move


@transactional
def hand_over(
    registration_id: int, *, to: Heir, replaced_by: int | None = None, within_limit: bool = False, now: datetime
) -> None:
    """Somebody who is confirmed lets a colleague come instead: seat, number, companions and tables stay.

    ``replaced_by``: the organisation that sends somebody else instead of one of its delegation.
    What tells of the former person goes: needs, message, personal answers, and the link. Raises WrongPlace,
    ChangesClosed after the event's deadline, EventCalledOff, EventPast, AlreadyRegistered when the colleague holds a
    place, and WrittenTooOften where a day's limit of mails to an address is kept and reached.
    """
    if within_limit:
        hold_name(to.email_key)
    event_id = queries.event_id_of(registration_id)
    held = queries.hold_seats(event_id)
    registration = held_registration(held, registration_id)
    _check_open(held, registration, now)
    for row in queries.earlier_registrations(held.id, [], [to.email_key]):
        if row.place in LIVE:
            raise AlreadyRegistered(field="email", registration_id=row.id)
    if within_limit and not rules.may_write_again(count_recent(to.email_key, now - rules.A_DAY)):
        raise WrittenTooOften(field="email", retry_after=3600)
    former = registration.email, f"{registration.given_name} {registration.family_name}", registration.locale
    _forget(registration)
    _name(registration, to)
    db.session.flush()
    move(held, registration, Verb.HAND_OVER, now=now)
    email, name, locale = former
    record(
        SeatHandedOver(
            event_id=event_id,
            registration_id=registration.id,
            former_email=email,
            former_name=name,
            former_locale=locale,
            invitation_sequence=registration.invitation_sequence,
            at=now,
            replaced_by=replaced_by,
        )
    )


@transactional
def check_open(registration_id: int, *, now: datetime) -> None:
    """Whether a place may be handed over now; raises as :func:`hand_over` does."""
    held = queries.hold_seats(queries.event_id_of(registration_id))
    _check_open(held, held_registration(held, registration_id), now)


def _check_open(held: HeldSeats, registration: Registration, now: datetime) -> None:
    rules.place_after(Verb.HAND_OVER, registration.place)
    rules.check_changes(rules.changes_deadline(held.changes_until, held.door.starts_at), now)
    rules.check_takes_place(held.door, now)


def _forget(registration: Registration) -> None:
    registration.diet = registration.access = registration.message = None
    registration.form_digest = ""  # of a short need it could be guessed
    registration.verified_at = None
    for answer in queries.answers_of(registration.id).values():
        if answer.question.kind in PERSONAL or answer.question.purpose:
            db.session.delete(answer)


def _name(registration: Registration, to: Heir) -> None:
    registration.given_name, registration.family_name = to.given_name, to.family_name
    registration.email, registration.email_key, registration.locale = to.email.strip(), to.email_key, to.locale
    registration.link_version += 1  # privacy_accepted_at stays: the colleague is asked, see rules.asks_privacy
