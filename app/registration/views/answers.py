"""Answers on their way from a form into the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask_wtf import FlaskForm

from app.files.rules import Accepted
from app.questions.forms import accept_uploads, answers_of
from app.questions.rules import Asked, Kind
from app.registration.inputs import GivenAnswer
from app.registration.models import Answer


@dataclass(frozen=True, slots=True)
class Given:
    """Answers by the question's id, and the files that some of them point to."""

    answers: dict[int, GivenAnswer]
    uploads: tuple[Accepted, ...]


def given_in(form: FlaskForm) -> Given | None:
    """What a validated form of questions says; None when a file is refused, which stands beside its field then.

    A file question without an upload is left out: what was sent before stays.
    """
    asked = {one.id: one for one in form.asked}
    if not asked:
        return Given({}, ())
    uploads = accept_uploads(form) if any(one.kind is Kind.FILE for one in asked.values()) else {}
    if uploads is None:
        return None
    values = {one: value for one, value in answers_of(form).items() if asked[one].kind is not Kind.FILE}
    values |= {one: {"file": taken.public_id, "name": taken.name} for one, taken in uploads.items()}
    given = {one: GivenAnswer(value, asked[one].wording_version) for one, value in values.items()}
    return Given(given, tuple(uploads.values()))


def still_asked(questions: Iterable[Asked], kept: Mapping[int, Answer]) -> list[Asked]:
    """The same questions; a file that was sent before need not be sent again."""
    return [
        replace(one, required=False) if one.kind is Kind.FILE and one.id in kept and kept[one.id].value else one
        for one in questions
    ]
