"""Consultations, their guests and comments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.models import GroupRoleRow, ThematicGroup
from app.plans.errors import GuestLinkNotFound, PlanNotFound
from app.plans.models import Consultation, ConsultationComment, ConsultationGuest, PlanVersion, StrategicPlan


def same_comment(row: ConsultationComment) -> int | None:
    """The id of what the same organisation or guest has said in these words already, of the same chapter."""
    same = (
        ConsultationComment.consultation_id == row.consultation_id,
        ConsultationComment.chapter == row.chapter,
        ConsultationComment.text == row.text,
        ConsultationComment.name == row.name,
        ConsultationComment.organisation_id == row.organisation_id,
        ConsultationComment.guest_id == row.guest_id,
    )
    return db.session.scalar(select(ConsultationComment.id).where(*same).limit(1))


def consultations_of(group_id: int) -> Sequence[Consultation]:
    """All of a group, the newest first, with version, guests and comments."""
    return db.session.scalars(
        select(Consultation)
        .join(StrategicPlan)
        .where(StrategicPlan.group_id == group_id)
        .order_by(Consultation.id.desc())
        .options(
            joinedload(Consultation.version).joinedload(PlanVersion.plan),
            selectinload(Consultation.guests),
            selectinload(Consultation.comments).joinedload(ConsultationComment.organisation),
        ),
        execution_options={"populate_existing": True},
    ).all()


_FOR_LETTERS = (
    joinedload(Consultation.plan)
    .joinedload(StrategicPlan.group)
    .selectinload(ThematicGroup.roles)
    .joinedload(GroupRoleRow.organisation),
    selectinload(Consultation.guests),
    selectinload(Consultation.comments),
)


def untold(today: date, limit: int) -> Sequence[Consultation]:
    """Those that are open and of which nobody was told yet, with groups, guests and comments."""
    return _to_tell(today, Consultation.asked_at.is_(None), limit=limit)


def unreminded(today: date, last: date, limit: int) -> Sequence[Consultation]:
    """Those that end until a day and of which nobody was reminded yet."""
    told = Consultation.asked_at.is_not(None)
    return _to_tell(today, told, Consultation.reminded_at.is_(None), Consultation.closes_on <= last, limit=limit)


def _to_tell(today: date, *conditions: ColumnElement[bool], limit: int) -> Sequence[Consultation]:
    window = (Consultation.closed_at.is_(None), Consultation.opens_on <= today, Consultation.closes_on >= today)
    query = select(Consultation).where(*window, *conditions).order_by(Consultation.id).limit(limit)
    return db.session.scalars(
        query.options(*_FOR_LETTERS).with_for_update(of=Consultation),
        execution_options={"populate_existing": True},
    ).all()


def for_mail(consultation_id: int) -> Consultation | None:
    """A consultation with all that its mail says."""
    return db.session.scalar(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .options(*_FOR_LETTERS, joinedload(Consultation.version))
    )


def newest(plan_id: int) -> Consultation | None:
    """The newest of a plan."""
    return db.session.scalar(
        select(Consultation)
        .where(Consultation.plan_id == plan_id)
        .order_by(Consultation.id.desc())
        .options(joinedload(Consultation.version))
        .limit(1)
    )


def consulted_groups(group_ids: Collection[int]) -> frozenset[int]:
    """The groups that asked about a plan and got an answer at least."""
    return frozenset(
        db.session.scalars(
            select(StrategicPlan.group_id)
            .join(Consultation, Consultation.plan_id == StrategicPlan.id)
            .join(ConsultationComment, ConsultationComment.consultation_id == Consultation.id)
            .where(StrategicPlan.group_id.in_(group_ids))
            .distinct()
        )
    )


def comments_by_country(plan_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many comments came to the newest consultation of each plan that has one: by plan, then by country."""
    newest_ids = list(
        db.session.scalars(
            select(func.max(Consultation.id)).where(Consultation.plan_id.in_(plan_ids)).group_by(Consultation.plan_id)
        )
    )
    rows = db.session.execute(
        select(Consultation.plan_id, ConsultationComment.country_code, func.count(ConsultationComment.id))
        .outerjoin(ConsultationComment, ConsultationComment.consultation_id == Consultation.id)
        .where(Consultation.id.in_(newest_ids))
        .group_by(Consultation.plan_id, ConsultationComment.country_code)
    )
    found: dict[int, dict[str, int]] = {}
    for plan_id, country, count in rows:
        by_country = found.setdefault(plan_id, {})
        if country:
            by_country[country] = count
    return found


def guest_with(public_id: str) -> ConsultationGuest:
    """The guest of a link, with consultation, version and plan; raises GuestLinkNotFound."""
    found = db.session.scalar(
        select(ConsultationGuest)
        .where(ConsultationGuest.public_id == public_id)
        .options(
            joinedload(ConsultationGuest.consultation).options(
                joinedload(Consultation.version),
                joinedload(Consultation.plan).joinedload(StrategicPlan.group),
            )
        )
    )
    if found is None:
        raise GuestLinkNotFound
    return found


def guest(consultation_id: int, guest_id: int) -> ConsultationGuest:
    """Raises GuestLinkNotFound."""
    found = db.session.scalar(
        select(ConsultationGuest).where(
            ConsultationGuest.id == guest_id, ConsultationGuest.consultation_id == consultation_id
        )
    )
    if found is None:
        raise GuestLinkNotFound(guest_id=guest_id)
    return found


def comments_of_guest(guest_id: int) -> Sequence[ConsultationComment]:
    return db.session.scalars(
        select(ConsultationComment).where(ConsultationComment.guest_id == guest_id).order_by(ConsultationComment.id)
    ).all()


def consultation(group_id: int, consultation_id: int) -> Consultation:
    """Raises PlanNotFound."""
    found = db.session.scalar(
        select(Consultation)
        .join(StrategicPlan)
        .where(Consultation.id == consultation_id, StrategicPlan.group_id == group_id)
        .options(joinedload(Consultation.version))
    )
    if found is None:
        raise PlanNotFound(consultation_id=consultation_id)
    return found
