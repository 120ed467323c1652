"""Answers: kept as they were given, with the version of the words that stood there, until their day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, update

from app.files import services as files
from app.files.rules import Accepted
from app.kernel.date_words import last_day, local_day
from app.kernel.db import db, table_of, transactional
from app.questions.queries import form as form_of_event
from app.questions.rules import Asked, Purpose, check_answered, check_seats, erased_on, is_open
from app.registration import queries
from app.registration.errors import FormClosed, WrongPlace
from app.registration.inputs import GivenAnswer
from app.registration.models import Answer, Registration
from app.registration.rules import Place

_ANSWERS, _PEOPLE = table_of(Answer), table_of(Registration)


@transactional
def answer(
    registration_id: int,
    *,
    form_id: int,
    answers: Mapping[int, GivenAnswer],
    uploads: Sequence[Accepted] = (),
    link_version: int | None = None,
    now: datetime,
) -> None:
    """Keep what somebody confirmed answers to a follow-up form; answering again replaces it, until the deadline.

    ``link_version``: see queries.hold_registration.

    Raises FormNotFound, WrongPlace for everybody else, FormClosed, and AnswerRefused with its field.
    """
    event_id = queries.event_id_of(registration_id)
    form = form_of_event(event_id, form_id)
    limited = [one for one in form.asked if has_seats(one)]
    if limited:
        queries.hold_seats(event_id)
    registration = queries.hold_registration(registration_id, link_version=link_version)
    if registration.place is not Place.CONFIRMED or form.purpose is not Purpose.FOLLOW_UP:
        raise WrongPlace(place=registration.place)
    if not is_open(form.opens_at, form.closes_at, now):
        raise FormClosed(form_id=form_id)
    for one in form.asked:
        check_answered(one, answers[one.id].value if one.id in answers else None)
    put_answers(registration, answers, limited=limited, uploads=uploads, now=now)


def put_answers(
    registration: Registration,
    answers: Mapping[int, GivenAnswer],
    *,
    limited: Iterable[Asked],
    uploads: Iterable[Accepted],
    now: datetime,
) -> None:
    """Replace answers; one that is left empty is kept as such, so that the form counts as answered.

    ``limited``: questions whose choices have seats; the event's seats are held by the caller then. Raises ChoiceFull.
    """
    given = {question_id: one.value for question_id, one in answers.items()}
    check_choices(limited, given, wanted=registration.seats, without=registration.id)
    for accepted in uploads:
        files.keep(accepted, now=now)
    kept = queries.answers_of(registration.id)
    for question_id, one in answers.items():
        row = kept.get(question_id)
        if row is None:
            row = Answer(registration_id=registration.id, question_id=question_id)
            db.session.add(row)
        elif row.value == one.value and row.erased_at is None:
            continue
        row.value, row.wording_version = one.value, one.wording_version
        row.answered_at, row.erased_at = now, None


def check_choices(
    limited: Iterable[Asked],
    given: Mapping[int, Any],
    *,
    wanted: int,
    without: int | None = None,
    before: Mapping[tuple[int, str], int] | None = None,
) -> None:
    """Refuse choices that have fewer seats left than somebody needs, companions counted; raises ChoiceFull.

    ``without``: a registration whose own earlier answers do not count. ``before``: seats that others take who are let
    in together with this one, by question and code.
    """
    chosen = {one.id: one for one in limited if given.get(one.id)}
    if not chosen:
        return
    taken = Counter(queries.choices_taken(list(chosen), without=without))
    taken.update(before or {})
    for one in chosen.values():
        # the rule asks whether one more fits, so the others who come along sit there already
        seated = {choice.code: taken[one.id, choice.code] + wanted - 1 for choice in one.choices}
        check_seats(one, given[one.id], seated)


def has_seats(question: Asked) -> bool:
    """Whether any of its choices is limited."""
    return any(choice.seats is not None for choice in question.choices)


@transactional
def erase_answers(*, now: datetime) -> int:
    """Erase answers whose day has come, on the clock of their event; returns how many."""
    due = [
        row.question_id
        for row in queries.answers_with_a_day(now)
        if (day := erased_on(last_day(row.starts_at, row.ends_at, row.timezone), row.erased_after_days))
        and day <= local_day(now, row.timezone)
    ]
    if not due:
        return 0
    theirs = _ANSWERS.c.question_id.in_(due), _ANSWERS.c.erased_at.is_(None)
    # of a short answer the digest of the form could be guessed
    db.session.execute(
        update(_PEOPLE)
        .where(_PEOPLE.c.id.in_(queries.who_answered(due)), _PEOPLE.c.form_digest != "")
        .values(form_digest="")
    )
    erased = db.session.execute(update(_ANSWERS).where(*theirs).values(value=JSON.NULL, erased_at=now))
    db.session.expire_all()
    return int(erased.rowcount)  # type: ignore[attr-defined]
