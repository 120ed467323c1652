"""What organisers say about groups: shape only."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange

from app.kernel.form_checks import WholeNumber, line
from app.subgroups.rules import MOST_IN_A_GROUP, MOST_SLOT

NOBODY = "0"


class MakeForm(FlaskForm):  # type: ignore[misc]
    size = WholeNumber(
        _("People in a group at most"),
        [
            InputRequired(_("Write how many people a group may have.")),
            NumberRange(1, MOST_IN_A_GROUP, _("Write a number of people from 1 to 500.")),
        ],
    )
    anew = BooleanField(_("Make all groups anew"))


class PutForm(FlaskForm):  # type: ignore[misc]
    """``group`` is the number of a group, 0 for none."""

    registration = WholeNumber(validators=[InputRequired(), NumberRange(1, 2**31 - 1)])
    group = WholeNumber(validators=[InputRequired(), NumberRange(0, 100_000)])
    reason = line(_("Reason, where the group gets larger than it may be"), longest=300)


class NameForm(FlaskForm):  # type: ignore[misc]
    words = line(_("Name of the group"), longest=80)
    guide = SelectField(_("Guide"), coerce=str)
    guide_text = line(_("Or a guide whom the network does not know"), longest=200)

    def offer(self, people: list[tuple[int, str]]) -> None:
        """Give the choices, in the reader's language."""
        self.guide.choices = [
            SelectChoice(NOBODY, _("Nobody of the network")),
            *(SelectChoice(str(key), name) for key, name in people),
        ]


class SlotForm(FlaskForm):  # type: ignore[misc]
    day = WholeNumber(validators=[InputRequired(), NumberRange(0, 1000)])
    start_minute = WholeNumber(validators=[InputRequired(), NumberRange(0, 10_000)])
    slot_minutes = WholeNumber(
        _("Minutes at each station"),
        [
            InputRequired(_("Write a number of minutes.")),
            NumberRange(1, MOST_SLOT, _("Write a number of minutes from 1 to 480.")),
        ],
    )
