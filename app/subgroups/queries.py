from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem, Stop
from app.kernel.db import db
from app.questions.models import Question
from app.questions.rules import Kind, Readers
from app.registration.models import Allotment, AllotmentKind, Answer, Registration
from app.registration.rules import Place
from app.subgroups.errors import SubGroupNotFound
from app.subgroups.models import Rotation, SubGroup, SubGroupMember
from app.subgroups.rules import Visitor

COUNTED = (Kind.CHOICE, Kind.SEVERAL, Kind.NUMBER)
FOR_HOSTS = (Readers.ORGANISERS_AND_HOST, Readers.EVERYBODY_MANAGING)


def groups_of(event_id: int) -> Sequence[SubGroup]:
    """The groups of an event in their order, with guides and people."""
    return db.session.scalars(
        select(SubGroup)
        .where(SubGroup.event_id == event_id)
        .order_by(SubGroup.number)
        .options(
            joinedload(SubGroup.allotment),
            joinedload(SubGroup.guide),
            selectinload(SubGroup.members).joinedload(SubGroupMember.registration),
        )
    ).all()


def has_groups(event_id: int) -> bool:
    return db.session.scalar(select(SubGroup.id).where(SubGroup.event_id == event_id).limit(1)) is not None


def hold_groups(event_id: int) -> list[SubGroup]:
    """The groups in their order, while their allotments are held: after that of the event, in the order of ids."""
    db.session.scalars(
        select(Allotment)
        .where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.SUB_GROUP)
        .order_by(Allotment.id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    return list(
        db.session.scalars(
            select(SubGroup)
            .where(SubGroup.event_id == event_id)
            .order_by(SubGroup.number)
            .options(joinedload(SubGroup.allotment)),
            execution_options={"populate_existing": True},
        )
    )


def group(event_id: int, sub_group_id: int) -> SubGroup:
    """One group of the event; raises SubGroupNotFound."""
    found = db.session.scalar(select(SubGroup).where(SubGroup.event_id == event_id, SubGroup.id == sub_group_id))
    if found is None:
        raise SubGroupNotFound(sub_group=sub_group_id)
    return found


def visitors(event_id: int) -> list[Visitor]:
    """Everybody with a confirmed place in the order of registering, and the id of the group that each is in."""
    rows = db.session.execute(
        select(Registration.id, Registration.seats, Registration.party, SubGroupMember.sub_group_id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .outerjoin(SubGroupMember, SubGroupMember.registration_id == Registration.id)
        .where(
            Allotment.event_id == event_id,
            Allotment.kind == AllotmentKind.EVENT,
            Registration.place == Place.CONFIRMED,
        )
        .order_by(Registration.number)
    )
    return [Visitor(id=row[0], seats=row[1], party=row[2], group=row[3]) for row in rows]


def member(registration_id: int) -> SubGroupMember | None:
    return db.session.get(SubGroupMember, registration_id)


def group_of(registration_id: int) -> SubGroup | None:
    """The group that somebody is in, with its guide."""
    return db.session.scalar(
        select(SubGroup)
        .join(SubGroupMember, SubGroupMember.sub_group_id == SubGroup.id)
        .where(SubGroupMember.registration_id == registration_id)
        .options(joinedload(SubGroup.guide))
    )


def names_of(event_id: int) -> dict[int, tuple[int, str]]:
    """Number and name of everybody's group, by registration; for lists of people."""
    rows = db.session.execute(
        select(SubGroupMember.registration_id, SubGroup.number, SubGroup.name)
        .join(SubGroup, SubGroup.id == SubGroupMember.sub_group_id)
        .where(SubGroup.event_id == event_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def ungrouped(event_id: int) -> Sequence[Registration]:
    """People with a confirmed place and no group, in the order of names."""
    return db.session.scalars(
        select(Registration)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .outerjoin(SubGroupMember, SubGroupMember.registration_id == Registration.id)
        .where(
            Allotment.event_id == event_id,
            Allotment.kind == AllotmentKind.EVENT,
            Registration.place == Place.CONFIRMED,
            SubGroupMember.registration_id.is_(None),
        )
        .order_by(Registration.family_name, Registration.given_name, Registration.id)
    ).all()


def smallest_limit(event_id: int) -> int | None:
    """The smallest group that a stop of the event takes; None where none has a limit."""
    return db.session.scalar(select(func.min(Stop.group_limit)).join(AgendaItem).where(AgendaItem.event_id == event_id))


def stations(event_id: int) -> Sequence[AgendaItem]:
    """The stops of the event with a limit, in the order of time."""
    return db.session.scalars(
        select(AgendaItem)
        .join(Stop, Stop.item_id == AgendaItem.id)
        .where(AgendaItem.event_id == event_id, Stop.group_limit.is_not(None))
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
        .options(
            joinedload(AgendaItem.room),
            joinedload(AgendaItem.stop).options(joinedload(Stop.host), joinedload(Stop.venue)),
        )
    ).all()


def slots(event_id: int) -> dict[tuple[int, int], int]:
    """Minutes of a round, by day and minute of the beginning, where an organiser set them."""
    rows = db.session.scalars(select(Rotation).where(Rotation.event_id == event_id))
    return {(row.day, row.start_minute): row.slot_minutes for row in rows}


def rotation(event_id: int, day: int, start_minute: int) -> Rotation | None:
    return db.session.scalar(
        select(Rotation).where(
            Rotation.event_id == event_id, Rotation.day == day, Rotation.start_minute == start_minute
        )
    )


def answers_to_count(registration_ids: Collection[int]) -> Sequence[tuple[int, Question, Any]]:
    """What these people answered that a guide needs and that can be counted: sizes, choices; never free text."""
    rows = db.session.execute(
        select(Answer.registration_id, Question, Answer.value)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Answer.registration_id.in_(registration_ids),
            Question.kind.in_(COUNTED),
            Question.readers.in_(FOR_HOSTS),
            Answer.erased_at.is_(None),
        )
        .order_by(Question.form_id, Question.position, Question.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]
