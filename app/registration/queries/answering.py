"""Answers, forms that follow up, and invitations that were used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.events.models import Event
from app.kernel.db import db, table_of
from app.questions.models import Question, QuestionForm
from app.questions.rules import Kind
from app.registration.errors import RegistrationNotFound
from app.registration.models import Allotment, AllotmentKind, Answer, Registration, RegistrationPolicy
from app.registration.rules import LIVE, Place, changes_deadline

_people, _answers = table_of(Registration), table_of(Answer)


def hold_registration(registration_id: int, *, link_version: int | None = None) -> Registration:
    """The row, locked, for what changes no place.

    ``link_version``: of the link by which somebody came; a place that was handed over meanwhile is not theirs any
    more. Raises RegistrationNotFound.
    """
    found = db.session.get(Registration, registration_id, populate_existing=True, with_for_update=True)
    if found is None or link_version not in {None, found.link_version}:
        raise RegistrationNotFound(registration_id=registration_id)
    return found


def changes_close_at(event_id: int) -> datetime:
    """Until when participants of an event mend their data."""
    row = db.session.execute(
        select(RegistrationPolicy.changes_until, Event.starts_at)
        .join(Event, Event.id == RegistrationPolicy.event_id)
        .where(Event.id == event_id)
    ).one()
    return changes_deadline(row.changes_until, row.starts_at)


def closing_set(event_id: int) -> datetime | None:
    """When the organiser lets registration close; None: when the event starts."""
    return db.session.scalar(
        select(Allotment.closes_at).where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.EVENT)
    )


def keys_with_a_place(event_id: int, keys: Collection[str]) -> set[str]:
    """Those of the address keys that hold a place at an event."""
    return set(
        db.session.scalars(
            select(Registration.email_key)
            .join(Allotment)
            .where(Allotment.event_id == event_id, Registration.place.in_(LIVE), Registration.email_key.in_(list(keys)))
        )
    )


_BY_INVITATION = select(_people.c.id).where(
    _people.c.allotment_id == bindparam("allotment_id"),
    _people.c.invitation_id == bindparam("invitation_id"),
    _people.c.place.in_(sorted(LIVE)),
)


def came_by_invitation(allotment_id: int, invitation_id: int) -> int | None:
    """The registration that holds a place by an invitation."""
    wanted = {"allotment_id": allotment_id, "invitation_id": invitation_id}
    return db.session.scalar(_BY_INVITATION, wanted)


def answers_of(registration_id: int) -> dict[int, Answer]:
    """What somebody answered, with the questions; by the question's id."""
    rows = db.session.scalars(
        select(Answer)
        .where(Answer.registration_id == registration_id)
        .options(joinedload(Answer.question))
        .order_by(Answer.question_id)
    )
    return {one.question_id: one for one in rows}


def choices_taken(question_ids: Collection[int], *, without: int | None = None) -> Mapping[tuple[int, str], int]:
    """How many seats of limited choices are taken by those with a live registration, companions counted.

    By question and code; true only while the event's seats are held.
    """
    rows = db.session.execute(
        select(_answers.c.question_id, _answers.c.value, _people.c.seats)
        .join(_people, _people.c.id == _answers.c.registration_id)
        .where(
            _answers.c.question_id.in_(list(question_ids)),
            _answers.c.erased_at.is_(None),
            _people.c.place.in_(sorted(LIVE)),
            _people.c.id != (without or 0),
        )
    )
    taken: dict[tuple[int, str], int] = defaultdict(int)
    for question_id, value, seats in rows:
        for code in codes_in(value):
            taken[question_id, code] += seats
    return taken


def answered_questions(question_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Which questions anybody answered, erased answers too, and the choices that were made."""
    rows = db.session.execute(
        select(_answers.c.question_id, _answers.c.value).where(_answers.c.question_id.in_(list(question_ids)))
    )
    found: dict[int, frozenset[str]] = {}
    for question_id, value in rows:
        found[question_id] = found.get(question_id, frozenset()) | frozenset(codes_in(value))
    return found


def codes_in(value: Any) -> list[str]:
    """The choices that an answer names."""
    chosen = value if isinstance(value, list) else [value]
    return [one for one in chosen if isinstance(one, str)]


def files_in_answers() -> list[str]:
    """The files that answers point to, by their public ids."""
    values = db.session.scalars(
        select(Answer.value)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.kind == Kind.FILE, Answer.erased_at.is_(None))
    )
    return [value["file"] for value in values if isinstance(value, Mapping)]


def answers_with_a_day(now: datetime) -> Sequence[Row[int, int | None, datetime, datetime, str]]:
    """Questions of events that are over, with answers that are erased some day: the days, and the event's day."""
    return db.session.execute(
        select(
            Question.id.label("question_id"), Question.erased_after_days, Event.starts_at, Event.ends_at, Event.timezone
        )
        .join(QuestionForm, QuestionForm.id == Question.form_id)
        .join(Event, Event.id == QuestionForm.event_id)
        .where(
            Question.erased_after_days.is_not(None),
            Event.ends_at < now,
            select(Answer.id).where(Answer.question_id == Question.id, Answer.erased_at.is_(None)).exists(),
        )
    ).all()


def who_answered(question_ids: Collection[int]) -> Select[tuple[int]]:
    """The registrations with an answer to some questions, as a part of another statement."""
    return select(_answers.c.registration_id).where(_answers.c.question_id.in_(list(question_ids)))


def silent_about(form_id: int) -> Sequence[Registration]:
    """The confirmed of the form's event who answered none of its questions."""
    spoke = (
        select(Answer.registration_id)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.form_id == form_id, Answer.erased_at.is_(None))
    )
    return db.session.scalars(
        select(Registration)
        .join(Allotment)
        .join(QuestionForm, QuestionForm.event_id == Allotment.event_id)
        .where(QuestionForm.id == form_id, Registration.place == Place.CONFIRMED, Registration.id.not_in(spoke))
        .order_by(Registration.id)
    ).all()


def has_answered(registration_id: int, form_id: int) -> bool:
    """Whether somebody answered any question of a form."""
    query = (
        select(func.count())
        .select_from(Answer)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.registration_id == registration_id, Question.form_id == form_id, Answer.erased_at.is_(None))
    )
    return bool(db.session.scalar(query))
