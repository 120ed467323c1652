from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    HiddenField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional, Regexp

from app.kernel.form_checks import Boxes, NoControlCharacters, Shorter, WholeNumber, line, lines, trimmed
from app.kernel.form_times import InZone, Moment
from app.kernel.i18n import LANGUAGE_NAMES, language
from app.kernel.phrases import say
from app.network.rules import OrganisationType
from app.registration.inputs import Correction, Heir, PersonInput, SeatsInput

MOST_COMPANION_LINES = 100
_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}


def country_choices(first: list[str]) -> list[tuple[str, str]]:
    """Every country in the reader's language; the project countries stand first."""
    return [("", str(_("Choose…"))), *_countries(language(), tuple(first))]


@lru_cache(maxsize=64)
def _countries(lang: str, first: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    names: dict[str, str] = dict(Locale.parse(lang).territories)
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES]
    rest = sorted((code for code in codes if code not in first), key=lambda code: names[code])
    return tuple((code, names[code]) for code in [*first, *rest])


def type_choices() -> list[tuple[str, str]]:
    return [("", str(_("Choose…"))), *((str(kind), say(kind)) for kind in OrganisationType)]


class _PersonFields(FlaskForm):
    given_name = line(_("Given name"), longest=120, required=_("Write your given name."))
    family_name = line(_("Family name"), longest=120, required=_("Write your family name."))
    organisation = line(_("Organisation"), longest=200, required=_("Write the name of your organisation or company."))
    org_type = SelectField(_("It is a"), [DataRequired(_("Choose what fits best."))])
    country = SelectField(_("Country"), [DataRequired(_("Choose the country of your organisation."))])
    diet = lines(_("Dietary needs"), longest=500)
    access = lines(_("Access needs"), longest=500)
    message = lines(_("Message to the organiser"), longest=2000)

    def offer(self, countries: list[str]) -> None:
        """Give the choices, which are in the reader's language."""
        self.org_type.choices = type_choices()
        self.country.choices = country_choices(countries)

    def plain(self) -> dict[str, Any]:
        return {
            "given_name": self.given_name.data,
            "family_name": self.family_name.data,
            "organisation": self.organisation.data,
            "org_type": OrganisationType(self.org_type.data),
            "country_code": self.country.data,
            "diet": self.diet.data or "",
            "access": self.access.data or "",
            "message": self.message.data or "",
        }


class _AddressedFields(_PersonFields):
    email = EmailField(
        _("E-mail"),
        [
            DataRequired(_("Write your e-mail address.")),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )

    def to_input(self) -> PersonInput:
        return PersonInput(**self.plain(), email=self.email.data, locale=language())


class JoinForm(_AddressedFields):
    """What a participant fills in. Its own token is checked here, so that an old page keeps what was typed."""

    companions = FieldList(line(_("Name of a companion"), longest=200), max_entries=MOST_COMPANION_LINES)
    items = Boxes(_("Parts with places of their own"), coerce=int, validate_choice=False)
    code = line(_("Pass code"), longest=60)
    privacy = BooleanField(
        _("I have read how my data is used"),
        [InputRequired(_("Please read how your data is used, and tick the box."))],
    )
    form_key = HiddenField(
        validators=[Regexp(r"\A[A-Za-z0-9_-]{16,64}\Z", message=_("Reload the page, then fill in the form again."))],
        default=lambda: secrets.token_urlsafe(24),
    )


class AddForm(_AddressedFields):
    """What an organiser fills in for somebody else."""


class CorrectForm(_PersonFields):
    def to_input(self) -> Correction:
        return Correction(**self.plain())


class WithdrawForm(FlaskForm):
    """One button."""


class TablesForm(FlaskForm):
    items = Boxes(_("Parts with places of their own"), coerce=int, validate_choice=False)


class CompanionsForm(FlaskForm):
    """Those who are ticked still come."""

    companions = Boxes(_("Who still comes with you"), coerce=int, validate_choice=False)

    def names(self) -> dict[int, str]:
        """How companions are called, by their ids, as far as it was sent."""
        fields = [one for one in self if one.short_name.startswith("name_") and one.raw_data]
        return {int(one.short_name.removeprefix("name_")): one.data or "" for one in fields}


def companions_form_for(ids: Iterable[int]) -> type[CompanionsForm]:
    """The same with a line for the name of each companion: ``name_<id>``."""
    names = {f"name_{one}": line(_("Name of a companion"), longest=200) for one in ids}
    return type("CompanionsForm", (CompanionsForm,), names)


class HandOverForm(FlaskForm):
    """Who comes instead."""

    given_name = line(_("Given name"), longest=120, required=_("Write the given name."))
    family_name = line(_("Family name"), longest=120, required=_("Write the family name."))
    email = EmailField(
        _("E-mail"),
        [
            DataRequired(_("Write the e-mail address.")),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )
    locale = SelectField(_("Language of our mails"), choices=[SelectChoice(*one) for one in LANGUAGE_NAMES.items()])
    agreed = BooleanField(
        _("My colleague knows about it and agrees"),
        [InputRequired(_("Ask your colleague first, then tick the box."))],
    )

    def to_input(self) -> Heir:
        return Heir(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data,
            locale=self.locale.data,
        )


class SeatsForm(InZone, FlaskForm):
    """Capacity, waiting list and window; times are on the clocks of the event's zone."""

    capacity = WholeNumber(
        _("Places"),
        [Optional(), NumberRange(0, 100_000, _("Write a number from 0 to 100,000, or leave it empty for no limit."))],
    )
    has_waitlist = BooleanField(_("Keep a waiting list when every place is taken"), default=True)
    opens_at = Moment(_("Registration opens"))
    closes_at = Moment(_("Registration closes"))

    def to_input(self) -> SeatsInput:
        return SeatsInput(
            capacity=self.capacity.data,
            has_waitlist=self.has_waitlist.data,
            opens_at=self.opens_at.instant,
            closes_at=self.closes_at.instant,
        )
