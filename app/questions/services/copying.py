"""The questions of an earlier edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.events.models import Event
from app.events.queries import event as event_of
from app.kernel.dates import NoSuchTime
from app.kernel.db import db
from app.questions import queries
from app.questions.models import FormOrigin, Question, QuestionForm, QuestionWording
from app.questions.rules import NOTHING, FormInput, moved

COPIED = (
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


def copy_forms(*, from_id: int, to_id: int, now: datetime, follows: bool = False) -> int:
    """Copy forms and the questions still put into another event; gives the number of forms.

    Windows move with the event: as many days before or after its start, at the same wall-clock time. Every wording
    begins again at its first version. ``follows``: the copies take over what is changed in the originals later.
    """
    before, after = event_of(from_id), event_of(to_id)
    originals = queries.forms_of(from_id)
    for original in originals:
        copy_form(original, before, after, now=now, follows=follows)
    return len(originals)


def copy_form(original: QuestionForm, before: Event, after: Event, *, now: datetime, follows: bool) -> QuestionForm:
    """One form, in the place among the others that it has there."""
    form = QuestionForm(**moved_values(original, before, after), event_id=after.id, position=original.position)
    form.questions = [copy_question(question) for question in original.questions if question.retired_at is None]
    db.session.add(form)
    db.session.flush()
    db.session.add_all(wording_of(question, now) for question in form.questions)
    if follows:
        db.session.add(FormOrigin(form_id=form.id, template_form_id=original.id, follows=True))
    return form


def moved_values(original: QuestionForm, before: Event, after: Event) -> dict[str, Any]:
    """What an organiser decided about a form, its window moved to another event."""
    values = {name: getattr(original, name) for name in FormInput.__slots__}
    for edge in ("opens_at", "closes_at"):
        values[edge] = _moved(values[edge], before.starts_at, after.starts_at, after.timezone)
    return values


def _moved(moment: datetime | None, before: datetime, after: datetime, timezone: str) -> datetime | None:
    try:
        return moved(moment, before=before, after=after, timezone=timezone)
    except NoSuchTime:  # the clocks skip it on that day
        return moment and moment + (after - before)


def copy_question(original: Question) -> Question:
    return Question(**{name: getattr(original, name) for name in COPIED})


def wording_of(question: Question, now: datetime) -> QuestionWording:
    """What stands there now, to be kept under its version."""
    return QuestionWording(
        question_id=question.id,
        version=question.wording_version,
        at=now,
        label=question.label,
        help=question.help or NOTHING,
        purpose=question.purpose or NOTHING,
        choices=question.choices,
    )
