"""Feedback as organisers read it: figures, bars, words; in the language in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.events.models import Event
from app.feedback import queries, rules
from app.feedback.rules import FeedbackState, Summary
from app.kernel.date_words import day_words, local_day
from app.kernel.i18n import language
from app.kernel.texts import Texts
from app.questions.models import QuestionForm
from app.questions.presenters import in_words
from app.questions.rules import Asked, Kind
from app.registration.models import Registration
from app.registration.own_parts import OwnPart

# the drawing, in its own units: words above each bar, the bar, the number behind it
CHART_WIDTH, BAR_ROOM, LINE = 600, 520, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """``y`` and ``width`` are of the drawing; ``share`` in percent of those who answered."""

    words: str
    count: int
    share: int
    y: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSummary:
    """What a page shows of one question: figures, bars with their drawing, or words."""

    label: Texts
    kind: Kind
    answers: int
    is_hidden: bool
    mean: str
    bars: tuple[Bar, ...]
    height: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownForm:
    """A form with what came in. ``silent`` is None for an anonymous one: how many, never who."""

    id: int
    title: Texts
    is_anonymous: bool
    only_present: bool
    opens: str
    closes: str
    asked: int
    replies: int
    silent: tuple[Registration, ...] | None
    is_shown: bool
    summaries: tuple[ShownSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """A form as its participant sees it on the own page."""

    id: int
    title: Texts
    state: FeedbackState
    opens: str
    closes: str


def forms_of(event: Event) -> list[ShownForm]:
    """Every feedback form of an event with what was answered."""
    forms = queries.forms_of(event.id)
    replies = queries.count_replies([form.id for form in forms])
    return [_form(event, form, replies.get(form.id, 0)) for form in forms]


def summaries_of(form: QuestionForm) -> list[Summary]:
    """Every question that was answered or is asked, counted."""
    values = queries.values_of([form.id])
    asked = [one.asked for one in form.questions if one.retired_at is None or values.get(one.id)]
    return [
        rules.summarise(one, values.get(one.id, []), is_anonymous=form.is_anonymous)
        for one in asked
        if one.kind is not Kind.FILE
    ]


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """What a participant's own page asks afterwards; the data holds which forms were put, never what was said."""
    forms = own_forms(registration, now)
    if not forms:
        return None
    kept = [{"title": form.title.wording(language()).text, "state": form.state} for form in forms]
    return OwnPart(name="feedback", template="feedback/_own.html", values={"feedback": forms}, kept=kept)


def own_forms(registration: Registration, now: Any) -> list[OwnForm]:
    """The feedback forms on a participant's own page; needs the registration's event."""
    zone = registration.allotment.event.timezone
    return [
        OwnForm(
            id=one.form.id,
            title=one.form.title,
            state=one.state,
            opens=day_words(local_day(one.window.opens_at, zone)),
            closes=day_words(local_day(one.window.closes_at, zone)),
        )
        for one in queries.own_standings(registration, now)
    ]


def value_words(question: Asked, value: Any) -> str:
    """A bar's name, or a cell of a sheet."""
    if question.kind is Kind.CONSENT and isinstance(value, bool):
        return _("Yes") if value else _("No")
    return in_words(
        question, [value] if question.kind is Kind.SEVERAL and isinstance(value, str) else value, language()
    )


def mean_words(summary: Summary) -> str:
    return "" if summary.mean is None else format_decimal(round(summary.mean, 1))


def _form(event: Event, form: QuestionForm, replies: int) -> ShownForm:
    row = queries.round_of(form.id)
    people = queries.asked_people(event.id, row)
    window = queries.window_of(form, event)
    is_shown = rules.may_show(replies, is_anonymous=form.is_anonymous)
    return ShownForm(
        id=form.id,
        title=form.title,
        is_anonymous=form.is_anonymous,
        only_present=row is not None and row.only_present,
        opens=day_words(local_day(window.opens_at, event.timezone)),
        closes=day_words(local_day(window.closes_at, event.timezone)),
        asked=len(people),
        replies=replies,
        silent=None if form.is_anonymous else tuple(queries.silent(form, row, people)),
        is_shown=is_shown,
        summaries=tuple(_summary(one) for one in summaries_of(form)) if is_shown else (),
    )


def _summary(summary: Summary) -> ShownSummary:
    bars = _bars(summary)
    return ShownSummary(
        label=summary.question.label,
        kind=summary.question.kind,
        answers=summary.answers,
        is_hidden=summary.is_hidden,
        mean=mean_words(summary),
        bars=bars,
        height=len(bars) * LINE,
        texts=tuple(value_words(summary.question, text) for text in summary.texts),
    )


def _bars(summary: Summary) -> tuple[Bar, ...]:
    most = max((count for _value, count in summary.bars), default=0) or 1
    return tuple(
        Bar(
            words=value_words(summary.question, value),
            count=count,
            share=round(100 * count / summary.answers) if summary.answers else 0,
            y=place * LINE,
            width=round(BAR_ROOM * count / most),
        )
        for place, (value, count) in enumerate(summary.bars)
    )


def shown_state(standing: queries.Standing, event: Event) -> dict[str, str]:
    """When it opens and closes, in words."""
    return {
        "opens": day_words(local_day(standing.window.opens_at, event.timezone)),
        "closes": day_words(local_day(standing.window.closes_at, event.timezone)),
    }


def reply_rows(form: QuestionForm, questions: Sequence[Asked]) -> list[list[str]]:
    """A row for each reply: who and when where the form is named, then the answers."""
    rows = []
    for reply in queries.replies_of(form.id):
        answers = {one.question_id: one.value for one in reply.answers}
        person = reply.registration
        who = [] if form.is_anonymous or person is None else [
            f"{person.given_name} {person.family_name}",
            person.organisation,
            person.email,
            reply.answered_on.isoformat(),
        ]  # fmt: skip
        rows.append([*who, *(value_words(one, answers.get(one.id)) for one in questions)])
    return rows
