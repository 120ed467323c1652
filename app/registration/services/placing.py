"""What every verb on places shares: the rows of change, the counts for display, moving up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from app.jobs import services as jobs
from app.kernel.db import db, table_of
from app.kernel.facts import record
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.errors import RegistrationNotFound
from app.registration.facts import PlaceChange, PlacesChanged
from app.registration.models import Allotment, Registration, RegistrationChange
from app.registration.queries import HeldSeats
from app.registration.rules import HOLDING, GroupRule, Place, Promotion, Verb
from app.registration.services import item_places

# how many move up in one transaction; the worker goes on with the rest
MOST_AT_ONCE = 200
_CHANGE = insert(table_of(RegistrationChange))
_ALLOTMENT = table_of(Allotment)


@dataclass(frozen=True, slots=True)
class Moved:
    """A registration that has its new place already, and where it was."""

    registration: Registration
    verb: Verb
    before: Place | None


def note_changes(
    event_id: int, moved: Sequence[Moved], *, now: datetime, actor: Actor | None = None, reason: str | None = None
) -> None:
    """Write down who did what, when and why, and tell higher rooms."""
    db.session.execute(
        _CHANGE,
        [
            {
                "registration_id": one.registration.id,
                "at": now,
                "verb": one.verb,
                "before": one.before,
                "after": one.registration.place,
                "account_id": actor.account_id if actor else None,
                "reason": reason,
            }
            for one in moved
        ],
    )
    changes = tuple(
        PlaceChange(
            registration_id=one.registration.id,
            verb=one.verb,
            before=one.before,
            place=one.registration.place,
            email=one.registration.email,
            locale=one.registration.locale,
            invitation_sequence=one.registration.invitation_sequence,
        )
        for one in moved
    )
    record(PlacesChanged(event_id=event_id, at=now, changes=changes))


def move(
    held: HeldSeats,
    registration: Registration,
    verb: Verb,
    *,
    to: Place | None = None,
    quota_id: int | None = None,
    now: datetime,
    actor: Actor | None = None,
    reason: str | None = None,
) -> None:
    """Carry out one cell of the table of transitions; raises WrongPlace for any other.

    ``quota_id``: whose seats are used from now on, where the new place holds seats.
    """
    moved = _change_place(registration, verb, to, quota_id, now)
    note_changes(held.event_id, [moved], now=now, actor=actor, reason=reason)
    item_places.settle(held.event_id, [registration], now=now)


def _change_place(
    registration: Registration, verb: Verb, to: Place | None, quota_id: int | None, now: datetime
) -> Moved:
    before = registration.place
    registration.place = rules.place_after(verb, before, to)
    if registration.place not in HOLDING:
        registration.seat_quota_id = None
    elif before not in HOLDING:
        registration.seat_quota_id = quota_id
    if registration.place is not Place.OFFERED:
        registration.offer_expires_at = None
    registration.placed_at = now
    registration.invitation_sequence += 1  # calendars ignore a mailed entry that is not newer than the one they have
    return Moved(registration, verb, before)


def promote(held: HeldSeats, *, now: datetime) -> None:
    """Give unclaimed seats to the queue; the one verb behind every seat that comes free.

    The seats are held by the caller, who has made its change already. Where the organiser moves people up by hand,
    or the event is over or does not take place, only the counts are renewed.
    """
    db.session.flush()
    if held.policy.promotion is Promotion.AUTOMATIC:
        move_up(held, now=now)
    count_for_display(held)


def move_up(
    held: HeldSeats, *, most: int = MOST_AT_ONCE, now: datetime, actor: Actor | None = None
) -> Sequence[Registration]:
    """Those who are next get a seat, or an offer of one where the organiser wants them to be asked.

    Who moves up is decided by rules.moving_up. What ``most`` leaves is done by the worker.
    """
    deadline = rules.offer_deadline(held.policy, closes_at=held.door.deadline, now=now)
    if not rules.moves_up(held.door, held.policy, deadline, now):
        return []
    ups = rules.moving_up(queries.seats_of(held), _queue(held, most), rule=held.policy.group_rule, most=most)
    people = queries.registrations_to_move([up.id for up in ups])
    verb = Verb.PROMOTE if deadline is None else Verb.OFFER
    moved = [_change_place(people[up.id], verb, None, up.quota_id, now) for up in ups]
    risen = [one.registration for one in moved]
    for registration in risen:
        registration.offer_expires_at = deadline
    if moved:
        db.session.flush()
        note_changes(held.event_id, moved, now=now, actor=actor)
        item_places.settle(held.event_id, risen, now=now)
        _remind_of_offers(risen, deadline)
    if ups and len(ups) >= most and held.policy.promotion is Promotion.AUTOMATIC:
        jobs.put(
            "move_up",
            dedupe_key=f"move_up:{held.event_id}:{ups[-1].id}:{now.isoformat()}",
            run_at=now,
            event_id=held.event_id,
        )
    return risen


def _queue(held: HeldSeats, most: int) -> list[rules.Waiting]:
    """As much of the queue as can matter: with quotas, or groups that may be passed, all of it."""
    is_plain = not held.shares and held.policy.group_rule is GroupRule.PART
    return queries.queue(held.id, most=most if is_plain else None)


def _remind_of_offers(offered: Iterable[Registration], deadline: datetime | None) -> None:
    if deadline is None:
        return
    jobs.put_all(
        [
            jobs.Work(
                kind="expire_offer",
                dedupe_key=f"expire_offer:{registration.id}:{registration.invitation_sequence}",
                run_at=deadline,
                payload={"registration_id": registration.id},
            )
            for registration in offered
        ]
    )


_COUNT_UP = (
    update(_ALLOTMENT)
    .where(_ALLOTMENT.c.id == bindparam("held"))
    .values(
        confirmed=bindparam("confirmed_now"),
        offered=bindparam("offered_now"),
        waiting=bindparam("waiting_now"),
        kept=bindparam("kept_now"),
    )
)


def count_for_display(held: HeldSeats) -> None:
    """Renew the counts that pages show."""
    db.session.flush()
    seats = queries.seats_of(held)
    offered = queries.seats_offered(held.id)
    db.session.execute(
        _COUNT_UP,
        {
            "held": held.id,
            "confirmed_now": seats.taken - offered,
            "offered_now": offered,
            "waiting_now": seats.waiting,
            "kept_now": sum(share.kept for share in seats.shares),
        },
    )
    count_shares_for_display(held, seats)


def count_shares_for_display(held: HeldSeats, seats: rules.Seats) -> None:
    """Renew the counts of the quotas; ``seats`` are as they stand now."""
    rows = [
        {
            "held": share.allotment_id,
            "confirmed_now": one.taken,
            "offered_now": 0,
            "waiting_now": one.waiting,
            "kept_now": one.kept,
        }
        for share, one in zip(held.shares, seats.shares, strict=True)
    ]
    if rows:
        db.session.execute(_COUNT_UP, rows)


def held_registration(held: HeldSeats, registration_id: int) -> Registration:
    """A registration of the event whose seats are held, read after the lock; raises RegistrationNotFound."""
    found = queries.registrations_to_move([registration_id]).get(registration_id)
    if found is None or found.allotment_id != held.id:
        raise RegistrationNotFound(registration_id=registration_id)
    return found


_NUMBER = (
    update(_ALLOTMENT)
    .where(_ALLOTMENT.c.id == bindparam("held"))
    .values(next_number=_ALLOTMENT.c.next_number + 1)
    .returning(_ALLOTMENT.c.next_number)
)


def take_number(held: HeldSeats) -> int:
    """The end of the queue, as of now."""
    return int(db.session.execute(_NUMBER, {"held": held.id}).scalar_one()) - 1
