"""Make, change, order and retire questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from itertools import chain, count

from app.kernel.db import db, transactional
from app.kernel.ids import slugify
from app.network.actors import Actor
from app.questions import queries
from app.questions.answered import answered
from app.questions.errors import EditedMeanwhile, TooManyQuestions
from app.questions.models import Question, QuestionForm, QuestionWording
from app.questions.ready import READY
from app.questions.rules import (
    BOUNDED,
    CHOSEN,
    MOST_QUESTIONS,
    Choice,
    QuestionInput,
    check_change,
    check_question,
    wording_changes,
)
from app.questions.services.keeping import open_event, tell

_PLAIN = ("kind", "label", "help", "purpose", "required", "choices", "least", "most", "readers", "erased_after_days")


@transactional
def add_question(*, event_id: int, form_id: int, values: QuestionInput, actor: Actor, now: datetime) -> int:
    """Put another question at the end of a form and give its id.

    Raises FormNotFound, MayNotManage, NoLongerEdited, TooManyQuestions, and Invalid with the field as
    ``rules.check_question`` says.
    """
    event = open_event(event_id, actor)
    form = queries.form(event_id, form_id)
    row = _add(form, values, now)
    tell(event, form, "question_added", actor=actor, now=now, question=row.code)
    return row.id


@transactional
def add_ready(*, event_id: int, form_id: int, ready: str, actor: Actor, now: datetime) -> list[int]:
    """Put ready questions, a key of READY, at the end of a form; raises KeyError and as :func:`add_question`."""
    event = open_event(event_id, actor)
    form = queries.form(event_id, form_id)
    rows = [_add(form, values, now) for values in READY[ready].questions]
    tell(event, form, "question_added", actor=actor, now=now, ready=ready)
    return [row.id for row in rows]


@transactional
def edit_question(
    *, event_id: int, question_id: int, values: QuestionInput, revision: int, actor: Actor, now: datetime
) -> None:
    """Write what a page of ``revision`` says; other words begin a new version of the wording.

    Raises QuestionNotFound, EditedMeanwhile, what ``rules.check_question`` says, and what ``rules.check_change``
    says of a question that has answers.
    """
    event = open_event(event_id, actor)
    row = queries.question(event_id, question_id)
    if row.revision != revision:
        raise EditedMeanwhile
    values = _settled(values)
    check_question(values, purpose=row.form.purpose, is_anonymous=row.form.is_anonymous)
    check_change(row.asked, values, answered=answered([row.id]).get(row.id))
    is_new_wording = wording_changes(row.asked, values)
    _fill_in(row, values)
    row.revision += 1
    if is_new_wording:
        row.wording_version += 1
        _keep_wording(row, now)
    tell(event, row.form, "question_edited", actor=actor, now=now, question=row.code)


@transactional
def move_question(*, event_id: int, question_id: int, up: bool, actor: Actor, now: datetime) -> None:
    """Put a question before or after its neighbour; at the end of its form it stays. Raises QuestionNotFound."""
    event = open_event(event_id, actor)
    row = queries.question(event_id, question_id)
    rows = [one for one in row.form.questions if one.retired_at is None or one is row]
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    retired = [one for one in row.form.questions if one not in rows]
    for position, one in enumerate([*rows, *retired]):
        one.position = position
    tell(event, row.form, "question_moved", actor=actor, now=now, question=row.code)


@transactional
def retire_question(*, event_id: int, question_id: int, actor: Actor, now: datetime) -> bool:
    """Put a question no longer: it goes, or stays for its answers if it has any. Says whether it stays.

    Raises QuestionNotFound.
    """
    event = open_event(event_id, actor)
    row = queries.question(event_id, question_id)
    stays = row.id in answered([row.id])
    tell(event, row.form, "question_retired", actor=actor, now=now, question=row.code, stays=stays)
    if stays:
        row.retired_at = row.retired_at or now
        row.revision += 1
    else:
        row.form.questions.remove(row)
    return stays


@transactional
def bring_back(*, event_id: int, question_id: int, actor: Actor, now: datetime) -> None:
    """Put a retired question again, at the end of its form; raises QuestionNotFound, TooManyQuestions."""
    event = open_event(event_id, actor)
    row = queries.question(event_id, question_id)
    if row.retired_at is None:
        return
    _check_room(row.form)
    row.retired_at = None
    row.revision += 1
    row.position = _last(row.form)
    tell(event, row.form, "question_brought_back", actor=actor, now=now, question=row.code)


def _add(form: QuestionForm, values: QuestionInput, now: datetime) -> Question:
    _check_room(form)
    values = _settled(values)
    check_question(values, purpose=form.purpose, is_anonymous=form.is_anonymous)
    taken = {one.code for one in form.questions}
    row = Question(
        code=_free_code(values.code or values.label.wording("en").text, taken),
        position=_last(form),
        wording_version=1,
        revision=1,
    )
    _fill_in(row, values)
    form.questions.append(row)
    db.session.flush()
    _keep_wording(row, now)
    return row


def _check_room(form: QuestionForm) -> None:
    if len(form.asked) >= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)


def _last(form: QuestionForm) -> int:
    return max((one.position for one in form.questions), default=-1) + 1


def _settled(values: QuestionInput) -> QuestionInput:
    """Without what its kind does not have, and every choice with a code."""
    is_bounded = values.kind in BOUNDED
    return replace(
        values,
        choices=_coded(values.choices) if values.kind in CHOSEN else (),
        least=values.least if is_bounded else None,
        most=values.most if is_bounded else None,
    )


def _coded(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    given = tuple(choices)
    named = {choice.code for choice in given if choice.code}
    coded: dict[str, Choice] = {}
    for choice in given:
        code = choice.code
        if not code or code in coded:
            code = _free_code(choice.label.wording("en").text, named | coded.keys())
        coded[code] = replace(choice, code=code)
    return tuple(coded.values())


def _free_code(words: str, taken: Collection[str]) -> str:
    plain = slugify(words, longest=40).replace("-", "_") or "question"
    candidates = chain([plain], (f"{plain}_{number}" for number in count(2)))
    return next(code for code in candidates if code not in taken)


def _fill_in(row: Question, values: QuestionInput) -> None:
    for name in _PLAIN:
        setattr(row, name, getattr(values, name))


def _keep_wording(row: Question, now: datetime) -> None:
    said = {name: getattr(row, name) for name in ("label", "help", "purpose", "choices")}
    db.session.add(QuestionWording(question_id=row.id, version=row.wording_version, at=now, **said))
