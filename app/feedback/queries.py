from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.events.models import Event
from app.events.rules import Status
from app.feedback import rules
from app.feedback.errors import FeedbackNotFound
from app.feedback.models import FeedbackAnswer, FeedbackReply, FeedbackRespondent, FeedbackRound
from app.feedback.rules import FeedbackState, Window
from app.kernel.db import db
from app.presence import queries as presence
from app.questions import queries as questions
from app.questions.errors import FormNotFound
from app.questions.models import Question, QuestionForm
from app.questions.rules import Asked, Kind, Purpose
from app.registration import links
from app.registration.models import Allotment, AllotmentKind, Registration
from app.registration.rules import Place

TAKING_PLACE = frozenset({Status.PUBLISHED, Status.HELD, Status.ARCHIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one person stands with one form."""

    form: QuestionForm
    window: Window
    state: FeedbackState


def forms_of(event_id: int) -> Sequence[QuestionForm]:
    """The feedback forms of an event with their questions."""
    return questions.forms_of(event_id, Purpose.FEEDBACK)


def form_of(event_id: int, form_id: int) -> QuestionForm:
    """One of them; raises FeedbackNotFound for any other form."""
    try:
        form = questions.form(event_id, form_id)
    except FormNotFound as error:
        raise FeedbackNotFound(form=form_id) from error
    if form.purpose is not Purpose.FEEDBACK:
        raise FeedbackNotFound(form=form_id)
    return form


def asked_in(form: QuestionForm) -> tuple[Asked, ...]:
    """What it asks; feedback takes no files."""
    return tuple(one for one in form.asked if one.kind is not Kind.FILE)


def window_of(form: QuestionForm, event: Event) -> Window:
    return rules.window(form.opens_at, form.closes_at, ends_at=event.ends_at)


def round_of(form_id: int) -> FeedbackRound | None:
    return db.session.get(FeedbackRound, form_id)


def hold_round(form_id: int) -> FeedbackRound:
    """The row of the form, made if need be, and locked: who answers twice at once is told from who answers once."""
    row = db.session.get(FeedbackRound, form_id, populate_existing=True, with_for_update=True)
    if row is None:
        row = FeedbackRound(form_id=form_id, only_present=False)
        db.session.add(row)
        db.session.flush()
    return row


def standing(registration: Registration, form: QuestionForm, now: datetime) -> Standing:
    """Where somebody stands with a form of the own event; needs the registration's event."""
    event = registration.allotment.event
    row = round_of(form.id)
    window = window_of(form, event)
    is_asked = (
        bool(asked_in(form))
        and event.status in TAKING_PLACE
        and registration.place is Place.CONFIRMED
        and (row is None or not row.only_present or registration.id in presence.was_there(event.id))
    )
    state = rules.state(
        window,
        is_asked=is_asked,
        has_answered=has_answered(form, row, registration.id),
        is_sealed=row is not None and row.sealed_at is not None,
        now=now,
    )
    return Standing(form=form, window=window, state=state)


def has_answered(form: QuestionForm, row: FeedbackRound | None, registration_id: int) -> bool:
    """Of an anonymous form that can be told only while it is open."""
    if not form.is_anonymous:
        query = select(FeedbackReply.public_id).where(
            FeedbackReply.form_id == form.id, FeedbackReply.registration_id == registration_id
        )
        return db.session.scalar(query) is not None
    if row is None or row.key is None:
        return False
    return db.session.get(FeedbackRespondent, rules.respondent(row.key, registration_id)) is not None


def asked_people(event_id: int, row: FeedbackRound | None) -> list[Registration]:
    """Whom a form asks, in the order of names."""
    people = db.session.scalars(
        select(Registration)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(
            Allotment.event_id == event_id,
            Allotment.kind == AllotmentKind.EVENT,
            Registration.place == Place.CONFIRMED,
        )
        .order_by(Registration.family_name, Registration.given_name, Registration.id)
    ).all()
    if row is None or not row.only_present:
        return list(people)
    there = presence.was_there(event_id)
    return [one for one in people if one.id in there]


def silent(form: QuestionForm, row: FeedbackRound | None, people: Iterable[Registration]) -> list[Registration]:
    """Those of the people who have not answered; nobody once that can no longer be told."""
    if not form.is_anonymous:
        named = set(db.session.scalars(select(FeedbackReply.registration_id).where(FeedbackReply.form_id == form.id)))
        return [one for one in people if one.id not in named]
    if row is not None and row.sealed_at is not None:
        return []
    known = set(db.session.scalars(select(FeedbackRespondent.digest).where(FeedbackRespondent.form_id == form.id)))
    key = row.key if row is not None else None
    return [one for one in people if key is None or rules.respondent(key, one.id) not in known]


def replies_of(form_id: int) -> Sequence[FeedbackReply]:
    """Every reply with its answers and, where it is named, its person; in the order of random names."""
    return db.session.scalars(
        select(FeedbackReply)
        .where(FeedbackReply.form_id == form_id)
        .options(selectinload(FeedbackReply.answers), joinedload(FeedbackReply.registration))
        .order_by(FeedbackReply.public_id)
    ).all()


def count_replies(form_ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(FeedbackReply.form_id, func.count())
        .where(FeedbackReply.form_id.in_(form_ids))
        .group_by(FeedbackReply.form_id)
    )
    return {row[0]: row[1] for row in rows}


def values_of(form_ids: Collection[int]) -> dict[int, list[Any]]:
    """What was answered, by question."""
    rows = db.session.execute(
        select(FeedbackAnswer.question_id, FeedbackAnswer.value)
        .join(FeedbackReply, FeedbackReply.public_id == FeedbackAnswer.reply_id)
        .where(FeedbackReply.form_id.in_(form_ids))
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for question_id, value in rows:
        found[question_id].append(value)
    return found


def answered_questions(question_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Which questions anybody answered, and the choices that were made."""
    rows = db.session.execute(
        select(FeedbackAnswer.question_id, FeedbackAnswer.value).where(FeedbackAnswer.question_id.in_(question_ids))
    )
    found: dict[int, frozenset[str]] = {}
    for question_id, value in rows:
        codes = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        found[question_id] = found.get(question_id, frozenset()) | frozenset(codes)
    return found


def rounds_with_key() -> Sequence[tuple[FeedbackRound, QuestionForm, Event]]:
    """Anonymous forms that can still tell who has answered, and their events."""
    rows = db.session.execute(
        select(FeedbackRound, QuestionForm, Event)
        .join(QuestionForm, QuestionForm.id == FeedbackRound.form_id)
        .join(Event, Event.id == QuestionForm.event_id)
        .where(FeedbackRound.key.is_not(None))
    )
    return [(row[0], row[1], row[2]) for row in rows]


def erasable() -> Sequence[tuple[int, int, Event]]:
    """Questions of named forms with answers that have a day of erasure: id, days, event."""
    rows = db.session.execute(
        select(Question.id, Question.erased_after_days, Event)
        .join(QuestionForm, QuestionForm.id == Question.form_id)
        .join(Event, Event.id == QuestionForm.event_id)
        .where(
            QuestionForm.purpose == Purpose.FEEDBACK,
            Question.erased_after_days.is_not(None),
            select(FeedbackAnswer.reply_id).where(FeedbackAnswer.question_id == Question.id).exists(),
        )
        .order_by(Question.id)
    )
    return [(row[0], row[1], row[2]) for row in rows if row[1] is not None]


def own_standings(registration: Registration, now: datetime) -> list[Standing]:
    """The forms that ask somebody, for the own page."""
    found = (standing(registration, form, now) for form in forms_of(registration.allotment.event_id))
    return [one for one in found if one.state is not FeedbackState.NOT_ASKED]


def feedback_url(registration_id: int, now: datetime) -> str:
    """The whole address of the first form that somebody may answer, for mails; empty where there is none."""
    registration = db.session.scalar(
        select(Registration)
        .where(Registration.id == registration_id)
        .options(joinedload(Registration.allotment).joinedload(Allotment.event))
    )
    if registration is None:
        return ""
    waiting = (FeedbackState.OPEN, FeedbackState.NOT_YET)
    form = next((one.form for one in own_standings(registration, now) if one.state in waiting), None)
    return f"{links.url(registration)}/feedback/{form.id}" if form else ""
