from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, SelectField
from wtforms.validators import DataRequired, Email, NumberRange, Optional, ValidationError

from app.invitations.inputs import CodeInput, GuestInput, ListInput
from app.invitations.rules import InvitationRole
from app.kernel.form_checks import NoControlCharacters, Shorter, WholeNumber, line, lines, trimmed
from app.kernel.form_times import InZone, Moment
from app.kernel.i18n import LANGUAGE_NAMES, language
from app.kernel.phrases import say

LONGEST_PASTED = 200_000


class _OnePage(FlaskForm):
    """Several forms stand on one page, so each has a name to tell its fields' ids apart."""

    name = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.id = f"{self.name}-{field.id}"


class _InvitingFields(_OnePage):
    """What one and many have in common."""

    locale = SelectField(_("Language of the mail"))
    role = SelectField(_("Invited as"))
    note = lines(_("A word to the invited"), longest=1000)
    skips_approval = BooleanField(_("Needs no approval"), default=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("locale", language())
        super().__init__(*args, **kwargs)
        self.locale.choices = list(LANGUAGE_NAMES.items())
        self.role.choices = [(str(role), say(role)) for role in InvitationRole]

    def common(self) -> dict[str, Any]:
        return {
            "locale": self.locale.data,
            "role": InvitationRole(self.role.data),
            "note": self.note.data or "",
            "skips_approval": self.skips_approval.data,
        }


class InviteForm(_InvitingFields):
    name = "invite"
    given_name = line(_("Given name"), longest=120)
    family_name = line(_("Family name"), longest=120)
    organisation = line(_("Organisation"), longest=200)
    email = EmailField(
        _("E-mail"),
        [
            DataRequired(_("Write the e-mail address of whom you invite.")),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )

    def to_input(self) -> GuestInput:
        return GuestInput(
            email=self.email.data,
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            organisation=self.organisation.data or "",
            **self.common(),
        )


class ListForm(_InvitingFields):
    """A file or pasted lines. The view checks its token itself, after it has allowed a larger request."""

    name = "list"
    file = FileField(_("CSV file"))
    people = lines(_("Or paste people"), longest=LONGEST_PASTED)

    def validate_people(self, field: Any) -> None:
        if not field.data and not (self.file.data and self.file.data.filename):
            raise ValidationError(_("Choose a file, or paste one person a line."))

    @property
    def is_pasted(self) -> bool:
        return not (self.file.data and self.file.data.filename)

    def content(self) -> bytes:
        return (self.people.data or "").encode() if self.is_pasted else self.file.data.read()

    def to_input(self) -> ListInput:
        return ListInput(**self.common())


class ReminderForm(_OnePage):
    name = "reminder"
    remind_days_before = WholeNumber(
        _("Days before registration closes"), [Optional(), NumberRange(1, 60, _("Write a number from 1 to 60."))]
    )


class CodeForm(InZone, _OnePage):
    """A code; the time is on the clocks of the event's zone."""

    name = "code"
    uses = WholeNumber(
        _("For how many people"),
        [Optional(), NumberRange(1, 100_000, _("Write a number from 1 to 100,000, or leave it empty for no limit."))],
    )
    valid_until = Moment(_("Valid until"))
    note = line(_("For whom (only organisers see it)"), longest=200)

    def to_input(self) -> CodeInput:
        return CodeInput(uses=self.uses.data, valid_until=self.valid_until.instant, note=self.note.data or "")


class DeclineForm(FlaskForm):
    reason = line(_("A word to the organiser"), longest=500)
