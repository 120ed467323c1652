"""Regional copies ask what their template asks, until they are published or somebody changes a form of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.events.models import Event
from app.events.queries import event as event_of
from app.events.queries import following_copies
from app.kernel.db import db
from app.kernel.facts import record
from app.questions import queries
from app.questions.answered import answered
from app.questions.facts import QuestionsChanged
from app.questions.models import FormOrigin, Question, QuestionForm
from app.questions.rules import wording_changes
from app.questions.services.copying import COPIED, copy_form, copy_question, moved_values, wording_of


def follow_template(event_id: int, form_id: int, *, is_new: bool, now: datetime) -> None:
    """A form was changed by hand: it follows its own template no more, and copies of it that still do are brought
    up to date. A new one is put into them, one that is gone is taken out. What has answers stays as it is."""
    origin = db.session.get(FormOrigin, form_id)
    if origin is not None:
        origin.follows = False
    copies = following_copies(event_id)
    if not copies:
        return
    template = event_of(event_id)
    form = queries.form_or_none(event_id, form_id)
    if form is None:
        _take_out(copies, now=now)
    elif is_new:
        for copy in copies:
            made = copy_form(form, template, copy, now=now, follows=True)
            _tell(made, now)
    else:
        _bring_up_to_date(form, template, copies, now=now)


def _take_out(copies: Sequence[Event], *, now: datetime) -> None:
    for form in queries.left_behind([copy.id for copy in copies]):
        if not _has_answers(form):
            _tell(form, now)
            db.session.delete(form)


def _bring_up_to_date(form: QuestionForm, template: Event, copies: Sequence[Event], *, now: datetime) -> None:
    events = {copy.id: copy for copy in copies}
    for copied in queries.following_forms(form.id, list(events)):
        if _has_answers(copied):
            continue
        for name, value in moved_values(form, template, events[copied.event_id]).items():
            setattr(copied, name, value)
        copied.position = form.position
        copied.revision += 1
        _put_questions(form, copied, now=now)
        _tell(copied, now)


def _put_questions(form: QuestionForm, copied: QuestionForm, *, now: datetime) -> None:
    standing = {one.code: one for one in copied.questions}
    wanted = [one for one in form.questions if one.retired_at is None]
    codes = {one.code for one in wanted}
    for code, one in standing.items():
        if code not in codes:
            copied.questions.remove(one)
    db.session.flush()
    for question in wanted:
        if question.code in standing:
            _write_again(standing[question.code], question, now=now)
        else:
            added = copy_question(question)
            copied.questions.append(added)
            db.session.flush()
            db.session.add(wording_of(added, now))


def _write_again(copied: Question, question: Question, *, now: datetime) -> None:
    if all(getattr(copied, name) == getattr(question, name) for name in COPIED):
        return
    is_new_wording = wording_changes(copied.asked, question.asked)
    for name in COPIED:
        setattr(copied, name, getattr(question, name))
    copied.revision += 1
    if is_new_wording:
        copied.wording_version += 1
        db.session.add(wording_of(copied, now))


def _has_answers(form: QuestionForm) -> bool:
    return bool(answered([question.id for question in form.questions]))


def _tell(form: QuestionForm, now: datetime) -> None:
    record(QuestionsChanged(event_id=form.event_id, form_id=form.id, at=now, by_template=True))
