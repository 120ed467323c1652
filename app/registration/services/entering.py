"""Writing down who got in: all of it in one go, and a constant number of statements for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, bindparam, insert, update

from app.files import services as files
from app.invitations import services as invitations
from app.kernel.db import db, table_of
from app.kernel.ids import opaque_id
from app.network.actors import Actor
from app.registration import queries
from app.registration.inputs import Application
from app.registration.models import Allotment, Answer, Companion, Registration
from app.registration.queries import HeldSeats
from app.registration.rules import Decision, GroupRule, Origin, Place, Seats, Verb
from app.registration.services import item_places
from app.registration.services.placing import Moved, count_shares_for_display, note_changes, promote

# into the tables, past the unit of work: this runs under the lock that everybody waits for
_PEOPLE, _ALLOTMENT = table_of(Registration), table_of(Allotment)
_COMPANION, _ANSWER = insert(table_of(Companion)), insert(table_of(Answer))
_INSERT = insert(_PEOPLE).returning(_PEOPLE.c.number, _PEOPLE.c.id)
_COUNT_UP = (
    update(_ALLOTMENT)
    .where(_ALLOTMENT.c.id == bindparam("held"))
    .values(
        next_number=bindparam("next"),
        confirmed=_ALLOTMENT.c.confirmed + bindparam("seated"),
        waiting=_ALLOTMENT.c.waiting + bindparam("queued"),
        kept=bindparam("kept_now"),
    )
)


@dataclass(frozen=True, slots=True)
class Entered:
    """An application that gets in, and what was decided."""

    application: Application
    decision: Decision
    verb: Verb
    sequence: int
    claim_id: int | None
    tables: frozenset[int] = frozenset()  # allotments of the chosen parts of the agenda


def enter(
    held: HeldSeats,
    seats: Seats,
    entered: Sequence[Entered],
    *,
    actor: Actor | None = None,
    reason: str | None = None,
    now: datetime,
) -> list[Registration]:
    """Write down who got in; ``seats`` are as they stand then."""
    if not entered:
        return []
    rows = [_row(held, one, number, now) for number, one in enumerate(entered, held.next_number)]
    ids: dict[int, int] = {row.number: row.id for row in db.session.execute(_INSERT, rows)}
    registrations = [Registration(id=ids[row["number"]], **row) for row in rows]
    _count_up(held, seats, entered)
    _write_more(registrations, entered, now)
    moved = [Moved(row, one.verb, None) for row, one in zip(registrations, entered, strict=True)]
    note_changes(held.event_id, moved, now=now, actor=actor, reason=reason)
    item_places.enter(
        held.event_id,
        {row.id: one.tables for row, one in zip(registrations, entered, strict=True)},
        {row.id for row in registrations if row.place is Place.CONFIRMED},
        now=now,
    )
    if held.policy.group_rule is GroupRule.SKIP and seats.waiting:
        promote(held, now=now)
        found = queries.registrations_to_move(list(ids.values()))
        registrations = [found[one.id] for one in registrations]
    return registrations


def _row(held: HeldSeats, entered: Entered, number: int, now: datetime) -> dict[str, Any]:
    application, person = entered.application, entered.application.person
    return {
        "public_id": opaque_id(22),
        "allotment_id": held.id,
        "place": entered.decision.place,
        "number": number,
        "ahead": 0,
        "seats": application.seats,
        "claim_id": entered.claim_id,
        "seat_quota_id": entered.decision.quota_id,
        "party": application.party,
        "origin": application.origin,
        "invitation_id": application.invitation_id,
        "skips_approval": application.skips_approval,
        "verified_at": now if application.is_verified and application.origin is Origin.FORM else None,
        "organisation_id": application.organisation_id,
        "delegation_id": application.delegation_id,
        "form_key": application.form_key,
        "form_digest": application.digest(),
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
        "invitation_sequence": entered.sequence,
        "created_at": now,
        "placed_at": now,
    }


def _count_up(held: HeldSeats, seats: Seats, entered: Sequence[Entered]) -> None:
    places = [(one.decision.place, one.application.seats) for one in entered]
    db.session.execute(
        _COUNT_UP,
        {
            "held": held.id,
            "next": held.next_number + len(entered),
            "seated": sum(wanted for place, wanted in places if place is Place.CONFIRMED),
            "queued": sum(place is Place.WAITLISTED for place, _wanted in places),
            "kept_now": sum(share.kept for share in seats.shares),
        },
    )
    count_shares_for_display(held, seats)


def _write_more(registrations: Sequence[Registration], entered: Sequence[Entered], now: datetime) -> None:
    """Companions, answers, and the yes to an invitation: what most registrations have none of."""
    for registration, one in zip(registrations, entered, strict=True):
        for accepted in one.application.files:
            files.keep(accepted, now=now)
        if one.application.invitation_id is not None:
            invitations.mark_accepted(one.application.invitation_id, registration_id=registration.id, now=now)
    pairs = list(zip(registrations, entered, strict=True))
    _put(
        _COMPANION,
        [
            {"registration_id": registration.id, "name": name or None}
            for registration, one in pairs
            for name in one.application.companions
        ],
    )
    _put(
        _ANSWER,
        [
            {
                "registration_id": registration.id,
                "question_id": question_id,
                "wording_version": answer.wording_version,
                "value": answer.value,
                "answered_at": now,
            }
            for registration, one in pairs
            for question_id, answer in one.application.answers.items()
        ],
    )


def _put(statement: Insert, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(statement, rows)
