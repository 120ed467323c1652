"""Say that one takes a practice up, how far one is, and where a practice came from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.audit import services as audit
from app.invitations.queries import managers_of
from app.kernel.db import db, hold_name, transactional
from app.kernel.ids import opaque_id
from app.mail import services as mail
from app.network.actors import Actor
from app.practices import queries as practices
from app.practices.errors import PracticeNotFound
from app.practices.models import Practice
from app.studies.models import ClusterService, Study
from app.transfers import queries
from app.transfers.errors import LinkOutdated, MayNotDeclare, MayNotTrace, OwnPractice, UnknownSource
from app.transfers.models import Adoption, AdoptionChange, PracticeSource
from app.transfers.permissions import may_declare, may_trace
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
    return row


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
    row.answered = number
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


@transactional
def trace(*, slug: str, study_id: int | None, service_id: int | None, actor: Actor, now: datetime) -> PracticeSource:
    """Say that a practice came of a study, of a service, or of both; the same twice is said once.

    Raises PracticeNotFound, UnknownSource, MayNotTrace.
    """
    practice = practices.practice(practices.practice_id(slug))
    study = db.session.get(Study, study_id) if study_id else None
    service = db.session.get(ClusterService, service_id) if service_id else None
    if (study_id and study is None) or (service_id and service is None) or (study is None and service is None):
        raise UnknownSource
    if not may_trace(actor, practice.owner_id, study.author_ids if study else frozenset()):
        raise MayNotTrace(slug=slug)
    if (same := queries.same_source(practice.id, study_id, service_id)) is not None:
        return same
    row = PracticeSource(practice_id=practice.id, study_id=study_id, service_id=service_id)
    db.session.add(row)
    db.session.flush()
    audit.note("practice.traced", subject=f"practice:{practice.id}", account_id=actor.account_id, now=now)
    return row


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
    """Its managers, or the organisation's own address when nobody manages it here."""
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
                dedupe_key=f"{DECLARED}:{row.id}:{address}",
                now=now,
                adoption_id=row.id,
            )
