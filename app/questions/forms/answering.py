"""A Flask-WTF form out of questions. What an answer may be is decided by the rules alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from app.files.rules import ENDINGS
from app.kernel.countries import country_names
from app.kernel.form_checks import trimmed
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.questions.errors import AnswerRefused
from app.questions.rules import (
    RATINGS,
    Asked,
    Kind,
    check_answered,
    longest,
    normalise,
)

MOST_BUTTONS = 8  # of a choice; more become a list that opens


def form_for(questions: Sequence[Asked], base: type[FlaskForm] = FlaskForm) -> type[FlaskForm]:
    """A form class with a field ``q_<id>`` for every question behind those of ``base``, in the language in force."""
    return _form_for(tuple(questions), base, language())  # type: ignore[arg-type]


def answers_of(form: FlaskForm) -> dict[int, Any]:
    """What a validated form of :func:`form_for` answers, by the question's id, as it is kept; None for no answer.

    A file question gives what was uploaded (FileStorage), or None: it is stored by the caller, and what is kept is
    ``normalise(question, {"file": …, "name": …})``.
    """
    return {one.id: _answer(one, form[one.field].data) for one in form.asked}


def answers_into(questions: Sequence[Asked], answers: Mapping[int, Any]) -> dict[str, Any]:
    """The reverse of :func:`answers_of`, to fill a form: ``form_for(questions)(data=…)``."""
    return {one.field: _typed(one, answers[one.id]) for one in questions if answers.get(one.id) is not None}


@lru_cache(maxsize=256)
def _form_for(questions: tuple[Asked, ...], base: type[FlaskForm], lang: str) -> type[FlaskForm]:
    fields = {one.field: _MAKERS[one.kind](one, lang) for one in questions}
    return type(f"{base.__name__}WithQuestions", (base,), {"asked": questions, **fields})


class Answers:
    """Asks the rules whether an answer can be kept, and says their refusal beside the field."""

    def __init__(self, question: Asked) -> None:
        self._question = question
        self.field_flags: dict[str, Any] = {"required": True} if question.required else {}
        if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
            self.field_flags["maxlength"] = longest(question.kind)

    def __call__(self, form: FlaskForm, field: Field) -> None:
        try:
            check_answered(self._question, _answer(self._question, field.data))
        except AnswerRefused as refusal:
            raise StopValidation(say(refusal.code, **refusal.details)) from refusal


def _answer(question: Asked, data: Any) -> Any:
    if question.kind is Kind.FILE:
        return data if isinstance(data, FileStorage) and data.filename else None
    return normalise(question, data, language=language())


def _typed(question: Asked, value: Any) -> Any:
    if question.kind is Kind.CONSENT:
        return isinstance(value, Mapping) and bool(value.get("agreed"))
    return value if isinstance(value, list) else str(value)


class _Boxes(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _line(one: Asked, lang: str) -> Any:
    return StringField(_label(one, lang), [Answers(one)], [trimmed])


def _lines(one: Asked, lang: str) -> Any:
    return TextAreaField(_label(one, lang), [Answers(one)], [trimmed], render_kw={"rows": 4})


def _number(one: Asked, lang: str) -> Any:
    return StringField(_label(one, lang), [Answers(one)], [trimmed], render_kw={"inputmode": "decimal"})


def _day(one: Asked, lang: str) -> Any:
    return StringField(_label(one, lang), [Answers(one)], [trimmed], widget=DateInput())


def _choice(one: Asked, lang: str) -> Any:
    choices = [(choice.code, choice.label.wording(lang).text) for choice in one.choices]
    return _one_of(one, lang, choices, as_list=len(choices) > MOST_BUTTONS)


def _rating(one: Asked, lang: str) -> Any:
    ends = {RATINGS[0]: _("1 – poor"), RATINGS[-1]: _("5 – very good")}
    return _one_of(one, lang, [(str(stars), ends.get(stars, str(stars))) for stars in RATINGS])


def _country(one: Asked, lang: str) -> Any:
    return _one_of(one, lang, list(country_names(lang).items()), as_list=True)


def _one_of(one: Asked, lang: str, choices: list[tuple[str, str]], *, as_list: bool = False) -> Any:
    if as_list:
        choices = [("", _("Choose…")), *choices]
    elif not one.required:
        choices = [*choices, ("", _("No answer"))]
    field = SelectField if as_list else RadioField
    return field(_label(one, lang), [Answers(one)], choices=_offered(choices), validate_choice=False, coerce=_as_typed)


def _several(one: Asked, lang: str) -> Any:
    choices = [(choice.code, choice.label.wording(lang).text) for choice in one.choices]
    return _Boxes(_label(one, lang), [Answers(one)], choices=_offered(choices), validate_choice=False)


def _consent(one: Asked, lang: str) -> Any:
    return BooleanField(_label(one, lang), [Answers(one)])


def _upload(one: Asked, lang: str) -> Any:
    return FileField(_label(one, lang), [Answers(one)], render_kw={"accept": ",".join(f".{one}" for one in ENDINGS)})


def _offered(choices: list[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(code, words) for code, words in choices]


def _label(one: Asked, lang: str) -> str:
    return one.label.wording(lang).text


def _as_typed(value: Any) -> str:
    return "" if value is None else str(value)


_MAKERS = {
    Kind.TEXT: _line,
    Kind.LONG_TEXT: _lines,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.COUNTRY: _country,
    Kind.FILE: _upload,
    Kind.CONSENT: _consent,
    Kind.RATING: _rating,
}
