"""What every verb on places shares: the row of change, the counts for display, moving up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from app.kernel.db import db, table_of
from app.kernel.facts import record
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.facts import PlaceChanged
from app.registration.models import Allotment, Registration, RegistrationChange
from app.registration.rules import Place, Verb

# into the table, past the unit of work: this runs under the lock that everybody waits for
_CHANGE = insert(table_of(RegistrationChange))


def note_change(
    registration: Registration,
    event_id: int,
    *,
    verb: Verb,
    before: Place | None,
    now: datetime,
    actor: Actor | None = None,
    reason: str | None = None,
) -> None:
    """Write down who did what, when and why, and tell higher rooms."""
    db.session.execute(
        _CHANGE,
        {
            "registration_id": registration.id,
            "at": now,
            "verb": verb,
            "before": before,
            "after": registration.place,
            "account_id": actor.account_id if actor else None,
            "reason": reason,
        },
    )
    record(
        PlaceChanged(
            registration_id=registration.id,
            event_id=event_id,
            verb=verb,
            place=registration.place,
            email=registration.email,
            locale=registration.locale,
            invitation_sequence=registration.invitation_sequence,
            at=now,
        )
    )


def move(
    registration: Registration,
    allotment: Allotment,
    verb: Verb,
    *,
    now: datetime,
    actor: Actor | None = None,
    reason: str | None = None,
) -> None:
    """Carry out one cell of the table of transitions; raises WrongPlace for any other."""
    before = registration.place
    registration.place = rules.place_after(verb, before)
    registration.placed_at = now
    registration.invitation_sequence += 1  # calendars ignore a mailed entry that is not newer than the one they have
    note_change(registration, allotment.event_id, verb=verb, before=before, now=now, actor=actor, reason=reason)


def promote(allotment: Allotment, *, now: datetime) -> None:
    """Give unclaimed seats to the queue, strictly by number; the one verb behind every seat that comes free.

    The allotment is held by the caller, who has made its change already.
    """
    seats = queries.seats_of(allotment)
    for registration in queries.first_waiting(allotment.id, rules.moving_up(seats)):
        move(registration, allotment, Verb.PROMOTE, now=now)
    count_for_display(allotment)


def count_for_display(allotment: Allotment) -> None:
    seats = queries.seats_of(allotment)
    allotment.confirmed, allotment.waiting = seats.taken, seats.waiting
