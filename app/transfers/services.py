"""Say that one takes a practice up, and how far one is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.audit import services as audit
from app.invitations.queries import managers_of
from app.kernel.db import db, hold_name, transactional
from app.kernel.ids import opaque_id
from app.mail import services as mail
from app.network.actors import ANYBODY, Actor
from app.practices import queries as practices
from app.practices.errors import PracticeNotFound
from app.practices.models import Practice
from app.transfers import queries
from app.transfers.errors import LinkOutdated, MayNotDeclare, OwnPractice
from app.transfers.models import Adoption, AdoptionChange
from app.transfers.permissions import may_declare
from app.transfers.rules import OPEN, Uptake, asking_due, check_move

DECLARED, FOLLOW_UP = "adoption_declared", "adoption_follow_up"


@transactional
def declare(
    *,
    slug: str,
    organisation_id: int,
    state: Uptake,
    actor: Actor,
    locale: str,
    now: datetime,
    email: str | None = None,
    demonstration: bool = False,
) -> Adoption:
    """Say how far an organisation is with a published practice: the first time any state, later as MOVES allow.

    The same once more changes nothing. The owner is told of the first time. Mail to ask again goes to ``email``,
    else to the actor. Raises PracticeNotFound, MayNotDeclare, OwnPractice, NoSuchMove.
    """
    practice = practices.practice(practices.practice_id(slug))
    if not practice.is_published:
        raise PracticeNotFound(slug=slug)
    if not may_declare(actor, organisation_id) or queries.organisation(organisation_id) is None:
        raise MayNotDeclare(organisation_id=organisation_id)
    if organisation_id == practice.owner_id:
        raise OwnPractice(field="organisation_id")
    hold_name(f"adoption:{practice.id}:{organisation_id}")
    row = queries.adoption_of(practice.id, organisation_id)
    if row is None:
        row = _begin(
            state,
            actor,
            now,
            practice_id=practice.id,
            organisation_id=organisation_id,
            email=email or actor.email,
            locale=locale,
            demonstration=demonstration,
        )
        if not demonstration:
            _tell_owner(practice, row, now)
    elif row.state is not state:
        _move(row, state, actor, now)
    row.is_tapped = False
    return row


@transactional
def begin_by_tap(*, practice_id: int, organisation_id: int, email: str, locale: str, now: datetime) -> Adoption | None:
    """Somebody of an organisation tapped that a published practice of another interests.

    The first tap begins an adoption, and the owner is told as of any; nothing happens to one that stands already.
    """
    practice = practices.practice(practice_id)
    if not practice.is_published or organisation_id == practice.owner_id:
        return None
    hold_name(f"adoption:{practice.id}:{organisation_id}")
    if queries.adoption_of(practice.id, organisation_id) is not None:
        return None
    row = _begin(
        Uptake.INTERESTED,
        ANYBODY,
        now,
        practice_id=practice.id,
        organisation_id=organisation_id,
        email=email,
        locale=locale,
        is_tapped=True,
        demonstration=False,
    )
    _tell_owner(practice, row, now)
    return row


@transactional
def take_tap_back(*, practice_id: int, organisation_id: int, now: datetime) -> None:
    """Nobody of the organisation is interested any more: what taps began goes, unless somebody said more since."""
    hold_name(f"adoption:{practice_id}:{organisation_id}")
    row = queries.adoption_of(practice_id, organisation_id)
    if row is None or not row.is_tapped:
        return
    db.session.delete(row)
    db.session.flush()
    audit.note("adoption.tap_taken_back", subject=f"practice:{practice_id}", account_id=None, now=now)


@transactional
def answer(*, public_id: str, number: int, state: Uptake, now: datetime) -> Adoption:
    """Answer a follow-up by its link: as before, or further. Only the newest follow-up is answered.

    Raises AdoptionNotFound, LinkOutdated, NoSuchMove.
    """
    row = queries.hold_adoption(public_id)
    if number != row.asked:
        raise LinkOutdated
    if row.state is not state:
        _move(row, state, Actor(name=row.email), now)
    row.answered, row.is_tapped = number, False
    return row


@transactional
def ask_due(*, now: datetime) -> int:
    """Ask those in an open state whose follow-up is due how far they are; how many were asked.

    A follow-up whose day passed while another was due is not sent after it.
    """
    rows = queries.to_ask(now)
    for row in rows:
        due = asking_due(row.state, row.since, row.asked, now)
        row.asked = due.number if due else row.asked
        mail.queue(
            FOLLOW_UP,
            recipient=row.email,
            locale=row.locale,
            about=f"adoption:{row.id}",
            dedupe_key=f"{FOLLOW_UP}:{row.id}:{row.since.date()}:{row.asked}",
            now=now,
            adoption_id=row.id,
            number=row.asked,
        )
    return len(rows)


def _begin(state: Uptake, actor: Actor, now: datetime, **fields: Any) -> Adoption:
    row = Adoption(
        **fields,
        public_id=opaque_id(),
        state=state,
        account_id=actor.account_id,
        since=now,
        changed_at=now,
        asked=0,
        answered=0,
    )
    row.changes.append(AdoptionChange(at=now, after=state, account_id=actor.account_id, by=actor.name))
    db.session.add(row)
    db.session.flush()
    return row


def _move(row: Adoption, state: Uptake, actor: Actor, now: datetime) -> None:
    check_move(row.state, state)
    if row.state not in OPEN and state in OPEN:
        row.since, row.asked, row.answered = now, 0, 0  # a new beginning is asked anew
    change = AdoptionChange(at=now, before=row.state, after=state, account_id=actor.account_id, by=actor.name)
    row.changes.append(change)
    row.state, row.changed_at = state, now
    audit.note("adoption.moved", subject=f"adoption:{row.id}", account_id=actor.account_id, now=now, state=str(state))


def _tell_owner(practice: Practice, row: Adoption, now: datetime) -> None:
    """Its managers, or the organisation's own address when nobody manages it here; once for each organisation."""
    told = {email or person.email: locale for _id, person, email, locale in managers_of([practice.owner_id])} or {
        practice.owner.email: None
    }
    for address, locale in told.items():
        if address:
            mail.queue(
                DECLARED,
                recipient=address,
                locale=locale or row.locale,
                about=f"adoption:{row.id}",
                dedupe_key=f"{DECLARED}:{row.practice_id}:{row.organisation_id}:{address}",
                now=now,
                practice_id=row.practice_id,
                organisation_id=row.organisation_id,
            )
