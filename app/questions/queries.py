from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.questions.errors import FormNotFound, QuestionNotFound
from app.questions.models import FormOrigin, Question, QuestionForm, QuestionWording
from app.questions.rules import Purpose

_ORDERED = (QuestionForm.purpose, QuestionForm.position, QuestionForm.id)
# made once: they are asked on the way to every registration
_FORMS = (
    select(QuestionForm)
    .where(QuestionForm.event_id == bindparam("event_id"))
    .options(selectinload(QuestionForm.questions))
    .order_by(*_ORDERED)
)
_FORMS_FOR = _FORMS.where(QuestionForm.purpose == bindparam("purpose"))


def forms_of(event_id: int, purpose: Purpose | None = None) -> Sequence[QuestionForm]:
    """The forms of an event with their questions, retired ones too, in two queries; ``form.asked`` is what is put."""
    if purpose is None:
        return db.session.scalars(_FORMS, {"event_id": event_id}).all()
    return db.session.scalars(_FORMS_FOR, {"event_id": event_id, "purpose": purpose}).all()


def form(event_id: int, form_id: int) -> QuestionForm:
    """One form of the event with its questions; raises FormNotFound."""
    query = (
        select(QuestionForm)
        .where(QuestionForm.event_id == event_id, QuestionForm.id == form_id)
        .options(selectinload(QuestionForm.questions))
    )
    found = db.session.scalar(query)
    if found is None:
        raise FormNotFound(form_id=form_id)
    return found


def form_or_none(event_id: int, form_id: int) -> QuestionForm | None:
    """One form of the event with its questions as they stand in the database, if it is there still."""
    query = (
        select(QuestionForm)
        .where(QuestionForm.event_id == event_id, QuestionForm.id == form_id)
        .options(selectinload(QuestionForm.questions))
    )
    return db.session.scalar(query)


def following_forms(template_form_id: int, event_ids: Collection[int]) -> Sequence[QuestionForm]:
    """Forms of these events that were made from a template's form, and that nobody has changed by hand."""
    query = (
        select(QuestionForm)
        .join(FormOrigin, FormOrigin.form_id == QuestionForm.id)
        .where(
            FormOrigin.template_form_id == template_form_id, FormOrigin.follows, QuestionForm.event_id.in_(event_ids)
        )
        .options(selectinload(QuestionForm.questions))
        .order_by(QuestionForm.id)
    )
    return db.session.scalars(query).all()


def left_behind(event_ids: Collection[int]) -> Sequence[QuestionForm]:
    """Forms of these events that nobody has changed by hand, and that their template has no longer."""
    query = (
        select(QuestionForm)
        .join(FormOrigin, FormOrigin.form_id == QuestionForm.id)
        .where(FormOrigin.template_form_id.is_(None), FormOrigin.follows, QuestionForm.event_id.in_(event_ids))
        .options(selectinload(QuestionForm.questions))
        .order_by(QuestionForm.id)
    )
    return db.session.scalars(query).all()


def forms_that_follow(event_id: int) -> frozenset[int]:
    """Forms of an event that were made from its template's and that nobody has changed by hand."""
    query = (
        select(FormOrigin.form_id)
        .join(QuestionForm, QuestionForm.id == FormOrigin.form_id)
        .where(QuestionForm.event_id == event_id, FormOrigin.follows)
    )
    return frozenset(db.session.scalars(query))


def copied_questions(from_id: int, to_id: int) -> dict[int, int]:
    """Which question of a copy came from which of its source, by the source's id: by the form's place and the code."""
    found = {
        event_id: {
            (form.purpose, form.position, place, question.code): question.id
            for place, form in enumerate(forms_of(event_id))
            for question in form.questions
        }
        for event_id in (from_id, to_id)
    }
    return {id: found[to_id][key] for key, id in found[from_id].items() if key in found[to_id]}


def question(event_id: int, question_id: int) -> Question:
    """One question of the event with its form and the form's other questions; raises QuestionNotFound."""
    query = (
        select(Question)
        .join(Question.form)
        .where(QuestionForm.event_id == event_id, Question.id == question_id)
        .options(joinedload(Question.form).selectinload(QuestionForm.questions))
    )
    found = db.session.scalar(query)
    if found is None:
        raise QuestionNotFound(question_id=question_id)
    return found


def questions_by_id(question_ids: Collection[int]) -> dict[int, Question]:
    """Questions, retired ones too, for showing answers that were given to them."""
    found = db.session.scalars(select(Question).where(Question.id.in_(question_ids)))
    return {one.id: one for one in found}


def wording(question_id: int, version: int) -> QuestionWording | None:
    """What stood there when somebody answered."""
    return db.session.get(QuestionWording, (question_id, version))


def next_position(event_id: int, purpose: Purpose) -> int:
    """Where another form of that purpose goes."""
    query = select(func.max(QuestionForm.position)).where(
        QuestionForm.event_id == event_id, QuestionForm.purpose == purpose
    )
    highest = db.session.scalar(query)
    return 0 if highest is None else highest + 1


def forms_to_remind(after: datetime, until: datetime) -> Sequence[QuestionForm]:
    """Forms with a reminder whose deadline lies in between; when it is due, ``rules.reminder_at`` says."""
    query = (
        select(QuestionForm)
        .where(
            QuestionForm.remind_days_before.is_not(None),
            QuestionForm.closes_at > after,
            QuestionForm.closes_at <= until,
        )
        .options(selectinload(QuestionForm.questions))
        .order_by(QuestionForm.closes_at, QuestionForm.id)
    )
    return db.session.scalars(query).all()
