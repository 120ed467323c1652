"""What organisers decide about certificates: shape only."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, NumberRange

from app.certificates.rules import MOST_PARTS, Measure, RuleInput
from app.kernel.form_checks import WholeNumber, line, lines, texts_into, texts_of
from app.kernel.phrases import say

_PLAIN = ("measure", "least", "says_hours", "is_automatic", "signed_by")


class RuleForm(FlaskForm):  # type: ignore[misc]
    measure = RadioField(_("What is counted"), coerce=Measure, default=Measure.PARTS)
    least = WholeNumber(
        _("At least how many parts or hours"),
        [InputRequired(_("Write a number.")), NumberRange(1, MOST_PARTS, _("Write a number from 1 to 60."))],
        default=1,
    )
    says_hours = BooleanField(_("Say on the certificate for how many hours somebody was there"))
    is_automatic = BooleanField(_("Issue by itself, an hour after the end"))
    text_en = lines(_("More words on the certificate, in English"), longest=600)
    text_it = lines(_("More words on the certificate, in Italian"), longest=600)
    text_de = lines(_("More words on the certificate, in German"), longest=600)
    signed_by = line(_("Signed by (name and office)"), longest=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure.choices = [(str(one), say(one)) for one in Measure]

    def to_input(self) -> RuleInput:
        return RuleInput(
            measure=self.measure.data,
            least=self.least.data,
            says_hours=self.says_hours.data,
            is_automatic=self.is_automatic.data,
            text=texts_of(self, "text"),
            signed_by=self.signed_by.data or "",
        )

    @classmethod
    def of(cls, rule: RuleInput) -> RuleForm:
        """Filled with what stands; a form that is sent back keeps what was typed."""
        values = {name: getattr(rule, name) for name in _PLAIN}
        return cls(data={**values, **texts_into("text", rule.text)})


class RevokeForm(FlaskForm):  # type: ignore[misc]
    reason = line(_("Reason"), longest=500, required=_("Write the reason: it is kept with the decision."))


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code typed from paper; sent by GET, so it carries no token."""

    class Meta:
        csrf = False

    code = line(_("Code on the certificate"), longest=60, required=_("Type the code that stands on the certificate."))
