"""Answer once; whom a form asks; what is destroyed when it closes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from app.audit import services as audit
from app.events.services import manageable_event
from app.feedback import queries, rules
from app.feedback.errors import AnsweredOnce
from app.feedback.models import FeedbackAnswer, FeedbackReply, FeedbackRespondent, FeedbackRound
from app.kernel.date_words import last_day, local_day
from app.kernel.db import db, insert_unless_there, transactional
from app.kernel.ids import new_secret, opaque_id
from app.mail.services import Letter, queue_all
from app.network.actors import Actor
from app.questions.models import QuestionForm
from app.questions.rules import check_answered, erased_on, reminder_at
from app.registration import queries as registrations
from app.registration.models import Registration

REMINDER = "feedback_reminder"


@transactional
def answer(registration_id: int, *, form_id: int, answers: Mapping[int, Any], now: datetime) -> None:
    """Keep what somebody answers, by the question's id and in its normal form; once a person.

    Raises FeedbackNotFound, NotAsked, AnsweredOnce, NotYetOpen, OverAlready, and Invalid beside a field.
    """
    event_id = registrations.event_id_of(registration_id)
    form = queries.form_of(event_id, form_id)
    row = queries.hold_round(form.id)
    registration = registrations.registration(registration_id)
    rules.check_open(queries.standing(registration, form, now).state)
    for question in queries.asked_in(form):
        check_answered(question, answers.get(question.id))
    if form.is_anonymous:
        _note_respondent(row, registration_id)
    event = registration.allotment.event
    db.session.add(
        FeedbackReply(
            public_id=opaque_id(),
            form_id=form.id,
            registration_id=None if form.is_anonymous else registration_id,
            answered_at=None if form.is_anonymous else now,
            answered_on=local_day(now, event.timezone),
            answers=[
                FeedbackAnswer(question_id=one.id, wording_version=one.wording_version, value=answers[one.id])
                for one in queries.asked_in(form)
                if answers.get(one.id) is not None
            ],
        )
    )


@transactional
def ask_only_present(*, event_slug: str, form_id: int, only_present: bool, actor: Actor, now: datetime) -> None:
    """Whether a form asks those who were there, or all who have a place. Raises MayNotManage, FeedbackNotFound."""
    event = manageable_event(event_slug, actor)
    form = queries.form_of(event.id, form_id)
    queries.hold_round(form.id).only_present = only_present
    audit.note(
        "feedback.audience_set",
        subject=f"event:{event.id}",
        account_id=actor.account_id,
        now=now,
        form=form_id,
        only_present=only_present,
    )


def copy_audiences(*, from_id: int, to_id: int) -> None:
    """Forms of a copy ask whom their originals ask; both stand in the same order while the copy is made."""
    for original, copied in zip(queries.forms_of(from_id), queries.forms_of(to_id), strict=True):
        row = queries.round_of(original.id)
        if row is not None and row.only_present:
            db.session.add(FeedbackRound(form_id=copied.id, only_present=True))


@transactional
def seal_closed(*, now: datetime) -> int:
    """Destroy what could tell who answered the anonymous forms that are over; how many were sealed."""
    over = [
        row
        for row, form, event in queries.rounds_with_key()
        if now >= rules.window(form.opens_at, form.closes_at, ends_at=event.ends_at).closes_at
    ]
    for row in over:
        db.session.execute(delete(FeedbackRespondent).where(FeedbackRespondent.form_id == row.form_id))
        row.key, row.sealed_at = None, now
    return len(over)


@transactional
def remind(form: QuestionForm, *, now: datetime) -> int:
    """Write once, before the deadline, to those who have not answered; how many they are."""
    row = queries.hold_round(form.id)
    due = reminder_at(form.closes_at, form.remind_days_before)
    if row.reminded_at is not None or due is None or now < due:
        return 0
    row.reminded_at = now
    people = queries.silent(form, row, queries.asked_people(form.event_id, row))
    queue_all([_letter(one, form) for one in people], now=now)
    return len(people)


@transactional
def erase_due(*, now: datetime) -> int:
    """Erase named answers on the day that their question promises; how many questions were concerned."""
    due = [
        question_id
        for question_id, days, event in queries.erasable()
        if (day := erased_on(last_day(event.starts_at, event.ends_at, event.timezone), days)) is not None
        and local_day(now, event.timezone) >= day
    ]
    if due:
        db.session.execute(delete(FeedbackAnswer).where(FeedbackAnswer.question_id.in_(due)))
    return len(due)


def _note_respondent(row: FeedbackRound, registration_id: int) -> None:
    if row.key is None:
        row.key = new_secret()
        db.session.flush()
    digest = rules.respondent(row.key, registration_id)
    if not insert_unless_there(FeedbackRespondent, digest=digest, form_id=row.form_id):
        raise AnsweredOnce


def _letter(one: Registration, form: QuestionForm) -> Letter:
    return Letter(
        name=REMINDER,
        recipient=one.email,
        locale=one.locale,
        about=f"registration:{one.id}",
        dedupe_key=f"{REMINDER}:{form.id}:{one.id}",
        context={"registration_id": one.id, "form_id": form.id},
    )
