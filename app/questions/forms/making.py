"""Forms in which organisers make forms and questions: shape only. Times are on the clocks of the event's zone."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
)
from wtforms.validators import NumberRange, Optional, Regexp

from app.kernel.form_checks import Number, WholeNumber, line, lines, texts_into, texts_of
from app.kernel.form_times import InZone, Moment, local
from app.kernel.phrases import say
from app.questions.models import Question, QuestionForm
from app.questions.rules import (
    MOST_CHOICES,
    MOST_ERASURE_DAYS,
    Choice,
    FormInput,
    Kind,
    Purpose,
    QuestionInput,
    Readers,
    kinds_for,
)

SPARE_CHOICES = 3
_REVISION = [Regexp(r"\A[0-9]{1,9}\Z", message=_("Reload the page, then fill in the form again."))]


class FormForm(InZone, FlaskForm):  # type: ignore[misc]
    purpose = RadioField(_("When it is asked"))
    title_en = line(_("Title, in English"), longest=200)
    title_it = line(_("Title, in Italian"), longest=200)
    title_de = line(_("Title, in German"), longest=200)
    introduction_en = lines(_("Introduction, in English"), longest=2000)
    introduction_it = lines(_("Introduction, in Italian"), longest=2000)
    introduction_de = lines(_("Introduction, in German"), longest=2000)
    opens_at = Moment(_("Can be answered from"))
    closes_at = Moment(_("Deadline"))
    remind_days_before = WholeNumber(
        _("Days before the deadline on which the silent are reminded"),
        [Optional(), NumberRange(0, 60, _("Write a number of days from 0 to 60, or leave it empty."))],
    )
    is_anonymous = BooleanField(_("Anonymous"))
    revision = HiddenField(default="0", validators=_REVISION)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose.choices = [(str(purpose), say(purpose)) for purpose in Purpose]

    def to_input(self) -> FormInput:
        return FormInput(
            purpose=Purpose(self.purpose.data),
            title=texts_of(self, "title"),
            introduction=texts_of(self, "introduction"),
            opens_at=self.opens_at.instant,
            closes_at=self.closes_at.instant,
            remind_days_before=self.remind_days_before.data,
            is_anonymous=self.is_anonymous.data,
        )

    @classmethod
    def of(cls, form: QuestionForm, zone: str) -> FormForm:
        """Filled with what stands; a form that is sent back keeps what was typed."""

        values = {
            **texts_into("title", form.title),
            **texts_into("introduction", form.introduction),
            "purpose": str(form.purpose),
            "opens_at": local(form.opens_at, zone),
            "closes_at": local(form.closes_at, zone),
            "remind_days_before": form.remind_days_before,
            "is_anonymous": form.is_anonymous,
            "revision": str(form.revision),
        }
        return cls(zone=zone, data=values)


class ChoiceForm(Form):  # type: ignore[misc]
    """A choice's line. One without words is left out; ``goes`` takes the choice away."""

    code = HiddenField(validators=[Optional(), Regexp(r"\A[a-z0-9_]{1,60}\Z")])
    label_en = line(_("In English"), longest=200)
    label_it = line(_("In Italian"), longest=200)
    label_de = line(_("In German"), longest=200)
    seats = WholeNumber(_("Places (empty: no limit)"), [Optional(), NumberRange(0, 100_000)])
    goes = BooleanField(_("This choice goes"))

    def to_choice(self) -> Choice | None:
        label = texts_of(self, "label")
        if self.goes.data or not label:
            return None
        return Choice(code=self.code.data or "", label=label, seats=self.seats.data)


class QuestionEditor(FlaskForm):  # type: ignore[misc]
    kind = SelectField(_("Kind of answer"))
    label_en = line(_("Question, in English"), longest=300)
    label_it = line(_("Question, in Italian"), longest=300)
    label_de = line(_("Question, in German"), longest=300)
    help_en = lines(_("Help, in English"), longest=500)
    help_it = lines(_("Help, in Italian"), longest=500)
    help_de = lines(_("Help, in German"), longest=500)
    purpose_en = lines(_("What it is asked for, in English"), longest=500)
    purpose_it = lines(_("What it is asked for, in Italian"), longest=500)
    purpose_de = lines(_("What it is asked for, in German"), longest=500)
    required = BooleanField(_("Has to be answered"))
    choices = FieldList(FormField(ChoiceForm), max_entries=MOST_CHOICES)
    least = Number(_("Smallest number, or how many at least"), [Optional(), NumberRange(-1e9, 1e9)])
    most = Number(_("Largest number, or how many at most"), [Optional(), NumberRange(-1e9, 1e9)])
    readers = RadioField(_("Who sees the answers"))
    erased_after_days = WholeNumber(
        _("Erased so many days after the event"),
        [
            Optional(),
            NumberRange(0, MOST_ERASURE_DAYS, _("Write a number of days from 0 to 3,650, or leave it empty.")),
        ],
    )
    revision = HiddenField(default="0", validators=_REVISION)

    def offer(self, form: QuestionForm) -> None:
        """Give the choices, in the reader's language."""
        kinds = kinds_for(form.purpose, is_anonymous=form.is_anonymous)
        self.kind.choices = [(str(kind), say(kind)) for kind in kinds]
        self.readers.choices = [(str(readers), say(readers)) for readers in Readers]

    def offer_spare_choices(self) -> None:
        """More lines for choices, below those that are filled in."""
        filled = sum(1 for entry in self.choices if entry.label_en.data or entry.label_it.data or entry.label_de.data)
        while len(self.choices) < min(filled + SPARE_CHOICES, MOST_CHOICES):
            self.choices.append_entry()

    def to_input(self) -> QuestionInput:
        choices = (entry.form.to_choice() for entry in self.choices)
        return QuestionInput(
            kind=Kind(self.kind.data),
            label=texts_of(self, "label"),
            help=texts_of(self, "help"),
            purpose=texts_of(self, "purpose"),
            required=self.required.data,
            choices=tuple(choice for choice in choices if choice),
            least=self.least.data,
            most=self.most.data,
            readers=Readers(self.readers.data),
            erased_after_days=self.erased_after_days.data,
        )

    @classmethod
    def of(cls, question: Question) -> QuestionEditor:
        """Filled with what stands; a form that is sent back keeps what was typed."""
        plain = ("required", "least", "most", "erased_after_days")
        values: dict[str, Any] = {
            **{name: getattr(question, name) for name in plain},
            **texts_into("label", question.label),
            **texts_into("help", question.help),
            **texts_into("purpose", question.purpose),
            "kind": str(question.kind),
            "readers": str(question.readers),
            "revision": str(question.revision),
            "choices": [
                {"code": choice.code, "seats": choice.seats, **texts_into("label", choice.label)}
                for choice in question.choices
            ],
        }
        return cls(data=values)
