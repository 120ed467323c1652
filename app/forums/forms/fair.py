from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, IntegerField, SelectChoice, SelectField
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange

from app.kernel.form_checks import NoControlCharacters, Shorter, line, trimmed
from app.kernel.i18n import language


class StandForm(FlaskForm):  # type: ignore[misc]
    practice = SelectField(_("Practice"), coerce=int)
    place = line(_("Where the stand is"), longest=120)

    def offer(self, practices: Sequence[Any]) -> None:
        """Give the choices: id, title and owner's name."""
        lang = language()
        self.practice.choices = [
            SelectChoice(row.id, f"{row.title.wording(lang).text} ({row.owner})") for row in practices
        ]


class TapForm(FlaskForm):  # type: ignore[misc]
    stand = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)])
    interested = HiddenField()

    @property
    def is_interested(self) -> bool:
        return bool(self.interested.data != "no")


class AddressForm(FlaskForm):  # type: ignore[misc]
    """For a phone that does not know whose it is."""

    email = EmailField(
        _("E-mail that you registered with"),
        [
            DataRequired(_("Write the address that you registered with.")),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )
