"""What the organiser's pages and sheets show; as many queries for a hundred people as for one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.agenda.models import AgendaItem
from app.audit.models import AuditEntry
from app.kernel.db import db
from app.network.models import Membership, Organisation, OrganisationTypeRow, Person, Region
from app.network.rules import OrganisationType
from app.questions.models import Question, QuestionForm
from app.questions.rules import Purpose
from app.registration.models import (
    Allotment,
    Answer,
    Companion,
    ItemPlace,
    Quota,
    Registration,
)
from app.registration.rules import HOLDING, ItemStanding, Place


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Somebody's place at a part of the agenda; ``queue`` is counted from 1 for those who wait."""

    registration_id: int
    item_id: int
    standing: ItemStanding
    queue: int | None


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """Seats of a quota that are taken, and people who wait with a claim to it."""

    used: int = 0
    waiting: int = 0


def positions(allotment_id: int, ids: Collection[int]) -> dict[int, int]:
    """The places in the queue, counted from 1, of those of these people who wait."""
    order = func.row_number().over(order_by=(Registration.ahead.desc(), Registration.number)).label("position")
    queue = (
        select(Registration.id.label("id"), order)
        .where(Registration.allotment_id == allotment_id, Registration.place == Place.WAITLISTED)
        .subquery()
    )
    return {row.id: row.position for row in db.session.execute(select(queue).where(queue.c.id.in_(ids)))}


def companions_of(ids: Collection[int]) -> dict[int, list[str]]:
    """Names of companions by registration; an empty name where none was given."""
    found: dict[int, list[str]] = {}
    query = select(Companion.registration_id, Companion.name).where(Companion.registration_id.in_(ids))
    for registration_id, name in db.session.execute(query.order_by(Companion.id)):
        found.setdefault(registration_id, []).append(name or "")
    return found


def account_names(ids: Collection[int]) -> dict[int, str]:
    """Who is behind these accounts: the person, or the address of an account that is nobody's yet."""
    query = select(Account.id, Account.email, Person).outerjoin(Person, Person.account_id == Account.id)
    rows = db.session.execute(query.where(Account.id.in_(ids)))
    return {row[0]: row[2].full_name if row[2] else row[1] for row in rows}


def organisation_names(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    return {row.id: row.name for row in rows}


def organisation_named(name: str, among: Collection[int] | None = None) -> Organisation | None:
    """An organisation of the network by its whole name, if just one has it."""
    typed = name.strip().lower()
    query = select(Organisation).where(
        (func.lower(Organisation.name) == typed) | (func.lower(Organisation.short_name) == typed)
    )
    if among is not None:
        query = query.where(Organisation.id.in_(among))
    found = db.session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def region_names(codes: Collection[str]) -> dict[str, Any]:
    rows = db.session.execute(select(Region.code, Region.name).where(Region.code.in_(codes)))
    return {row.code: row.name for row in rows}


def quota_use(event_id: int) -> dict[int, QuotaUse]:
    """How full the quotas of an event are."""
    seats = (
        select(Registration.seat_quota_id, func.sum(Registration.seats))
        .join(Allotment)
        .where(Allotment.event_id == event_id, Registration.place.in_(HOLDING))
        .group_by(Registration.seat_quota_id)
    )
    people = (
        select(Registration.claim_id, func.count())
        .join(Allotment)
        .where(Allotment.event_id == event_id, Registration.place == Place.WAITLISTED)
        .group_by(Registration.claim_id)
    )
    used: dict[int | None, int] = {row[0]: row[1] for row in db.session.execute(seats)}
    waiting: dict[int | None, int] = {row[0]: row[1] for row in db.session.execute(people)}
    ids = db.session.scalars(select(Quota.id).join(Allotment).where(Allotment.event_id == event_id))
    return {one: QuotaUse(used.get(one, 0), waiting.get(one, 0)) for one in ids}


def quota_log(event_id: int) -> Sequence[AuditEntry]:
    """What was done with the quotas of an event, the latest first."""
    query = select(AuditEntry).where(AuditEntry.subject == f"event:{event_id}", AuditEntry.action.like("quota_%"))
    return db.session.scalars(query.order_by(AuditEntry.id.desc()).limit(50)).all()


def notes_on(registration_id: int) -> Sequence[AuditEntry]:
    """What was done with a registration besides moving it to another place."""
    query = select(AuditEntry).where(AuditEntry.subject == f"registration:{registration_id}")
    return db.session.scalars(query.order_by(AuditEntry.id)).all()


def questions_asked(event_id: int) -> Sequence[Question]:
    """Everything that was ever asked with or after registering, in order."""
    query = (
        select(Question)
        .join(QuestionForm)
        .where(QuestionForm.event_id == event_id, QuestionForm.purpose != Purpose.FEEDBACK)
        .order_by(QuestionForm.purpose.desc(), QuestionForm.position, QuestionForm.id, Question.position, Question.id)
    )
    return db.session.scalars(query).all()


def answers_to(question_ids: Collection[int], registration_id: int | None = None) -> dict[tuple[int, int], Any]:
    """Answers by registration and question; of one person, or of everybody."""
    query = select(Answer.registration_id, Answer.question_id, Answer.value).where(
        Answer.question_id.in_(question_ids), Answer.erased_at.is_(None)
    )
    if registration_id is not None:
        query = query.where(Answer.registration_id == registration_id)
    return {(row[0], row[1]): row[2] for row in db.session.execute(query)}


def item_lines(event_id: int, registration_ids: Collection[int] | None = None) -> list[ItemLine]:
    """Who has or awaits a place at the event's parts of the agenda; queues in their order."""
    number = func.row_number().over(
        partition_by=(ItemPlace.allotment_id, ItemPlace.standing), order_by=(ItemPlace.number, ItemPlace.id)
    )
    every = (
        select(ItemPlace.registration_id, Allotment.agenda_item_id, ItemPlace.standing, number.label("position"))
        .join(Allotment, Allotment.id == ItemPlace.allotment_id)
        .where(Allotment.event_id == event_id)
        .subquery()
    )
    query = select(every).order_by(every.c.agenda_item_id, every.c.position)
    if registration_ids is not None:
        query = query.where(every.c.registration_id.in_(registration_ids))
    return [
        ItemLine(row[0], row[1], row[2], row[3] if row[2] is ItemStanding.QUEUED else None)
        for row in db.session.execute(query)
    ]


def agenda_of(event_id: int) -> Sequence[AgendaItem]:
    """The parts of an event's agenda with their rooms, in order."""
    return db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.event_id == event_id)
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
        .options(joinedload(AgendaItem.room))
    ).all()


def names_at(event_id: int, ids: Collection[int]) -> dict[int, Registration]:
    """Registrations of an event by their ids; strangers are not among them."""
    found = db.session.scalars(
        select(Registration).join(Allotment).where(Allotment.event_id == event_id, Registration.id.in_(ids))
    )
    return {one.id: one for one in found}


def with_everything(event_id: int, registration_id: int) -> Registration | None:
    """A registration of this event with its companions and changes."""
    return db.session.scalar(
        select(Registration)
        .join(Allotment)
        .where(Registration.id == registration_id, Allotment.event_id == event_id)
        .options(
            selectinload(Registration.companions),
            selectinload(Registration.changes),
            joinedload(Registration.known_organisation),
        )
    )


def of_delegation(event_id: int, organisation_id: int) -> Sequence[Registration]:
    """Who was registered by an organisation, in the order of the numbers."""
    return db.session.scalars(
        select(Registration)
        .join(Allotment)
        .where(Allotment.event_id == event_id, Registration.delegation_id == organisation_id)
        .order_by(Registration.number)
        .options(selectinload(Registration.companions))
    ).all()


def cluster_choices() -> list[tuple[int, str]]:
    """Clusters, and whoever else has members, by name."""
    clusters = select(OrganisationTypeRow.organisation_id).where(
        OrganisationTypeRow.type == OrganisationType.CLUSTER_ORGANISATION
    )
    query = select(Organisation.id, Organisation.name).where(
        Organisation.id.in_(clusters) | Organisation.id.in_(select(Membership.cluster_id))
    )
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Organisation.name))]
