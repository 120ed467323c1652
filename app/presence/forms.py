from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, SelectField
from wtforms.validators import DataRequired, Email, Optional, Regexp, ValidationError

from app.kernel.codes import public_id_in
from app.kernel.form_checks import NoControlCharacters, Shorter, line, texts_into, texts_of, trimmed
from app.kernel.form_times import InZone, Moment, local
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.presence.inputs import ListInput, ScanInput, WalkInInput, WindowInput
from app.presence.models import CheckList
from app.presence.rules import ListKind, Method, ScanKind, Standing

_UUID = Regexp(r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", message=_("Reload the page and press again."))
_KEY = Regexp(r"\A[dl][1-9][0-9]{0,8}\Z", message=_("Choose one of the lists."))
_AGAIN = _("Reload the page and press again.")


def new_id() -> str:
    return str(uuid4())


class MarkForm(FlaskForm):
    """One note: a button with its own id, so that pressing twice is once."""

    id = HiddenField(validators=[DataRequired(_AGAIN), _UUID], default=new_id)
    list = HiddenField(validators=[DataRequired(_AGAIN), _KEY])
    code = line(_("Code or number"), longest=60, required=_("Read or type a code."))
    kind = HiddenField(validators=[DataRequired(_AGAIN)])
    undoes = HiddenField(validators=[Optional(), _UUID])
    q = HiddenField()

    def validate_kind(self, field: Any) -> None:
        if field.data not in set(ScanKind):
            raise ValidationError(_AGAIN)
        if (field.data == ScanKind.UNDO) is not bool(self.undoes.data):
            raise ValidationError(_AGAIN)

    def to_input(self, now: datetime) -> ScanInput:
        return ScanInput(
            id=self.id.data,
            list_key=self.list.data,
            code=public_id_in(self.code.data),
            kind=ScanKind(self.kind.data),
            at=now,
            method=Method.SEARCH,
            undoes=self.undoes.data or None,
        )


class WalkInForm(FlaskForm):
    """Name and organisation, and an address for who wants mail afterwards."""

    id = HiddenField(validators=[DataRequired(_AGAIN), _UUID], default=new_id)
    list = HiddenField(validators=[DataRequired(_AGAIN), _KEY])
    given_name = line(_("Given name"), longest=120, required=_("Write the given name."))
    family_name = line(_("Family name"), longest=120, required=_("Write the family name."))
    organisation = line(_("Organisation"), longest=200)
    email = EmailField(
        _("E-mail"),
        [Optional(), NoControlCharacters(), Shorter(254), Email(_("Write the whole address, or leave it empty."))],
        [trimmed],
    )

    def to_input(self, now: datetime) -> WalkInInput:
        return WalkInInput(
            id=self.id.data,
            list_key=self.list.data,
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            organisation=self.organisation.data or "",
            email=self.email.data or "",
            at=now,
        )


class LetInForm(FlaskForm):
    list = HiddenField(validators=[DataRequired(_AGAIN), _KEY])
    reason = line(_("Reason (kept with the decision)"), longest=500, required=_("Say why, for the record."))


class StandingForm(FlaskForm):
    list = HiddenField(validators=[DataRequired(_AGAIN), _KEY])
    standing = SelectField(_("What counts"), validators=[])
    reason = line(_("Reason"), longest=500)

    def offer(self) -> None:
        """Give the choices, which are in the reader's language."""
        by_hand = (Standing.PRESENT, Standing.EXCUSED, Standing.ABSENT, Standing.EXPECTED)
        self.standing.choices = [("", str(_("As noted at the door"))), *((str(one), say(one)) for one in by_hand)]

    def chosen(self) -> Standing | None:
        return Standing(self.standing.data) if self.standing.data else None


class CloseForm(FlaskForm):
    list = HiddenField(validators=[DataRequired(_AGAIN), _KEY])


class ListForm(FlaskForm):
    kind = SelectField(_("For"))
    day = SelectField(_("Day"), coerce=int)
    agenda_item = SelectField(_("Part of the agenda"), coerce=int)
    label_en = line(_("Name in English"), longest=120)
    label_it = line(_("Name in Italian"), longest=120)
    label_de = line(_("Name in German"), longest=120)
    has_exit = BooleanField(_("Also note who leaves; who enters another such list of the day has left this one"))

    def offer(self, days: list[tuple[int, str]], items: list[tuple[int, str]]) -> None:
        """Give the choices, which are in the reader's language."""
        kinds = [ListKind.MEAL, ListKind.CUSTOM] + ([ListKind.ITEM] if items else [])
        self.kind.choices = [(str(one), say(one)) for one in kinds]
        self.day.choices = days
        self.agenda_item.choices = [(0, str(_("None"))), *items]

    def to_input(self) -> ListInput:
        return ListInput(
            kind=ListKind(self.kind.data),
            day=self.day.data,
            label=texts_of(self, "label"),
            agenda_item_id=self.agenda_item.data or None,
            has_exit=self.has_exit.data,
        )

    @classmethod
    def named(cls, texts: Texts) -> ListForm:
        return cls(formdata=None, **texts_into("label", texts))


class WindowForm(InZone, FlaskForm):
    """What one list allows; times are on the clocks of the event's zone."""

    has_exit = BooleanField(_("Also note who leaves; who enters another such list of the day has left this one"))
    self_from = Moment(_("Self check-in from"))
    self_until = Moment(_("Self check-in until"))

    def to_input(self) -> WindowInput:
        return WindowInput(
            has_exit=self.has_exit.data,
            self_from=self.self_from.instant,
            self_until=self.self_until.instant,
        )

    @classmethod
    def of(cls, one: CheckList | None, zone: str) -> WindowForm:
        if one is None:
            return cls(formdata=None, zone=zone)
        return cls(
            formdata=None,
            zone=zone,
            has_exit=one.has_exit,
            self_from=local(one.self_from, zone),
            self_until=local(one.self_until, zone),
        )


class LinkForm(FlaskForm):
    label = line(_("For whom"), longest=120, required=_("Say who gets the link, so that you can take it back."))
    day = SelectField(_("Day"), coerce=int)
    may_add = BooleanField(_("May let in people without a place (walk-ins)"), default=True)

    def offer(self, days: list[tuple[int, str]]) -> None:
        self.day.choices = days


class CodeForm(FlaskForm):
    """The code on the wall, for somebody whom a link names."""

    code = line(_("Code on the wall"), longest=20, required=_("Type the code that hangs on the wall."))
    with_companions = BooleanField(_("Everybody who comes with me is here too"))


class AddressForm(CodeForm):
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
