"""Make, change and remove forms."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.questions import queries
from app.questions.answered import answered
from app.questions.errors import AnsweredAlready, EditedMeanwhile, WrongKindHere
from app.questions.models import QuestionForm
from app.questions.rules import FormInput, check_form, check_form_change, kinds_for
from app.questions.services.keeping import open_event, tell


@transactional
def add_form(*, event_id: int, values: FormInput, actor: Actor, now: datetime) -> int:
    """Make an empty form and give its id.

    Raises MayNotManage, NoLongerEdited, and Invalid with the field as ``rules.check_form`` says.
    """
    event = open_event(event_id, actor)
    check_form(values)
    row = QuestionForm(event_id=event_id, position=queries.next_position(event_id, values.purpose))
    _fill_in(row, values)
    db.session.add(row)
    db.session.flush()
    tell(event, row, "form_added", actor=actor, now=now)
    return row.id


@transactional
def edit_form(*, event_id: int, form_id: int, values: FormInput, revision: int, actor: Actor, now: datetime) -> None:
    """Write what a page of ``revision`` says.

    Raises FormNotFound, EditedMeanwhile; AnsweredAlready when its purpose would turn, or its anonymity, under those
    who answered; WrongKindHere when it asks in a way that its new purpose does not have; and as :func:`add_form`.
    """
    event = open_event(event_id, actor)
    row = queries.form(event_id, form_id)
    if row.revision != revision:
        raise EditedMeanwhile
    check_form(values)
    check_form_change(values_of(row), values, has_answers=has_answers(row))
    kinds = kinds_for(values.purpose, is_anonymous=values.is_anonymous)
    if any(question.kind not in kinds for question in row.asked):
        raise WrongKindHere(field="purpose")
    if values.purpose is not row.purpose:
        row.position = queries.next_position(event_id, values.purpose)
    _fill_in(row, values)
    row.revision += 1
    tell(event, row, "form_edited", actor=actor, now=now)


@transactional
def remove_form(*, event_id: int, form_id: int, actor: Actor, now: datetime) -> None:
    """Remove a form with its questions; raises FormNotFound, and AnsweredAlready once somebody has answered."""
    event = open_event(event_id, actor)
    row = queries.form(event_id, form_id)
    if has_answers(row):
        raise AnsweredAlready
    tell(event, row, "form_removed", actor=actor, now=now)
    db.session.delete(row)


def has_answers(form: QuestionForm) -> bool:
    """Whether anybody has answered any of its questions."""
    return bool(answered([question.id for question in form.questions]))


def values_of(form: QuestionForm) -> FormInput:
    """What an organiser decided about it."""
    return FormInput(**{name: getattr(form, name) for name in FormInput.__slots__})


def _fill_in(row: QuestionForm, values: FormInput) -> None:
    for name in FormInput.__slots__:
        setattr(row, name, getattr(values, name))
