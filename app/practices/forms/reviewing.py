"""The shape of steps, comments and whom one asks."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import DataRequired, InputRequired

from app.kernel.form_checks import line, lines
from app.practices.forms.writing import chosen_id
from app.practices.inputs import CommentInput, StepInput
from app.practices.phrases import PARTS
from app.practices.rules.form import Part
from app.practices.rules.states import Step


class StepForm(FlaskForm):
    """A step of a practice, with what it asks for."""

    step = HiddenField()
    criteria = lines(_("By which criteria"), longest=2000)
    reason = lines(_("Why"), longest=4000)
    organisation_id = SelectField(_("On behalf of"), coerce=chosen_id)

    def offer(self, organisations: Sequence[tuple[int, str]]) -> None:
        self.organisation_id.choices = [("", str(_("Nobody in particular"))), *organisations]

    def to_step(self) -> Step | None:
        return Step(self.step.data) if self.step.data in set(Step) else None

    def to_input(self) -> StepInput:
        return StepInput(
            reason=self.reason.data or "",
            criteria=self.criteria.data or "",
            organisation_id=self.organisation_id.data,
        )


class CommentForm(FlaskForm):
    """A remark beside a part of the form."""

    part = SelectField(_("About"), [InputRequired(_("Choose the part that it is about."))])
    quote = line(_("The words that it is about"), longest=300)
    text = lines(_("Comment"), longest=4000, required=_("Write something, then send it."))

    def offer(self) -> None:
        self.part.choices = [(str(part), PARTS[part]) for part in Part]

    def to_input(self) -> CommentInput:
        return CommentInput(part=Part(self.part.data), quote=self.quote.data or None, text=self.text.data)


class ExpertForm(FlaskForm):
    person_id = SelectField(_("Thematic expert"), [DataRequired(_("Choose a person."))], coerce=chosen_id)

    def offer(self, persons: Sequence[tuple[int, str]]) -> None:
        self.person_id.choices = [("", str(_("Choose…"))), *persons]
