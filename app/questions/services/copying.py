"""The questions of an earlier edition."""

from __future__ import annotations

from datetime import datetime

from app.events.queries import event as event_of
from app.kernel.dates import NoSuchTime
from app.kernel.db import db
from app.questions import queries
from app.questions.models import Question, QuestionForm, QuestionWording
from app.questions.rules import NOTHING, moved
from app.questions.services.forms import values_of

_QUESTION = (
    "code",
    "kind",
    "label",
    "help",
    "purpose",
    "required",
    "choices",
    "least",
    "most",
    "readers",
    "erased_after_days",
    "position",
)


def copy_forms(*, from_id: int, to_id: int, now: datetime) -> int:
    """Copy forms and the questions still put into another event; gives the number of forms.

    Windows move with the event: as many days before or after its start, at the same wall-clock time. Every wording
    begins again at its first version.
    """
    before, after = event_of(from_id), event_of(to_id)
    originals = queries.forms_of(from_id)
    for original in originals:
        values = {name: getattr(original, name) for name in type(values_of(original)).__slots__}
        for edge in ("opens_at", "closes_at"):
            values[edge] = _moved(values[edge], before.starts_at, after.starts_at, after.timezone)
        form = QuestionForm(**values, event_id=to_id, position=original.position)
        form.questions = [_copy(question) for question in original.questions if question.retired_at is None]
        db.session.add(form)
        db.session.flush()
        db.session.add_all(_wording(question, now) for question in form.questions)
    return len(originals)


def _moved(moment: datetime | None, before: datetime, after: datetime, timezone: str) -> datetime | None:
    try:
        return moved(moment, before=before, after=after, timezone=timezone)
    except NoSuchTime:  # the clocks skip it on that day
        return moment and moment + (after - before)


def _copy(original: Question) -> Question:
    return Question(**{name: getattr(original, name) for name in _QUESTION})


def _wording(question: Question, now: datetime) -> QuestionWording:
    return QuestionWording(
        question_id=question.id,
        version=question.wording_version,
        at=now,
        label=question.label,
        help=question.help or NOTHING,
        purpose=question.purpose or NOTHING,
        choices=question.choices,
    )
