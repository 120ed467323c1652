"""Shapes of what is chosen about a personal calendar."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.kernel.dates import european_zones
from app.kernel.form_checks import NoControlCharacters, Shorter, line, trimmed
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.phrases import say
from app.mail.rules import LONGEST_ADDRESS
from app.personal.models import CalendarToken
from app.personal.phrases import REMINDERS
from app.personal.rules import LONGEST_LABEL, Part
from app.personal.services import Wanted


class AddressForm(FlaskForm):  # type: ignore[misc]
    """Where the link goes that proves an address."""

    email = EmailField(
        _("E-mail address"),
        [DataRequired(_("Enter the address that you register with.")), NoControlCharacters(), Shorter(LONGEST_ADDRESS)],
        [trimmed],
    )


class CalendarForm(FlaskForm):  # type: ignore[misc]
    label = line(_("Name of the device"), longest=LONGEST_LABEL, required=_("Say which device it is for."))
    language = SelectField(_("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()])
    timezone = SelectField(_("Time zone, for deadlines"))
    parts = SelectMultipleField(
        _("What it shows"),
        [DataRequired(_("Choose at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    reminder = SelectField(_("Reminder"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # one that a command chose stays possible
        chosen = [self.timezone.object_data] if self.timezone.object_data else []
        self.timezone.choices = [SelectChoice(name) for name in sorted({*european_zones(), "UTC", *chosen})]
        self.parts.choices = [SelectChoice(str(part), say(part)) for part in Part]
        self.reminder.choices = [SelectChoice(str(minutes or ""), str(words)) for minutes, words in REMINDERS.items()]

    def to_input(self) -> Wanted:
        return Wanted(
            label=self.label.data or "",
            language=self.language.data,
            timezone=self.timezone.data,
            parts=frozenset(Part(code) for code in self.parts.data or ()),
            reminder_minutes=int(self.reminder.data) if self.reminder.data else None,
        )

    @classmethod
    def begun(cls, *, language: str) -> CalendarForm:
        return cls(language=language, timezone="Europe/Rome", parts=[str(part) for part in Part], reminder="")

    @classmethod
    def of(cls, token: CalendarToken) -> CalendarForm:
        return cls(
            label=token.label,
            language=token.language,
            timezone=token.timezone,
            parts=token.parts,
            reminder=str(token.reminder_minutes or ""),
        )
