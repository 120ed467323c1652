"""The shape of a message to the people of a practice."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired

from app.kernel.form_checks import lines
from app.practices.rules.contacting import LONGEST


class MessageForm(FlaskForm):
    text = lines(_("Your message"), longest=LONGEST, required=_("Write something, then send it."))
    agreed = BooleanField(
        _("My e-mail address goes to the people of this practice, for the answer"),
        [InputRequired(_("Without your address nobody can answer you. Tick this, or write under the practice."))],
    )
