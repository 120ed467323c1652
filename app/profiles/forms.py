from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.kernel.form_checks import Boxes, Number, WholeNumber, line, lines, texts_into, texts_of
from app.kernel.form_times import Day
from app.kernel.phrases import say
from app.network import queries as network
from app.network.inputs import LabelInput
from app.network.presenters.lists import named
from app.network.rules import LabelLevel
from app.profiles.inputs import ProfileInput
from app.profiles.models import ClusterProfile

MOST = 1_000_000
_HOW_MANY = _("Write a whole number, or leave it empty.")
_WHICH_DAY = _("Give a day, for example 2027-03-01.")


def _number(label: Any, *, least: int = 0, most: int = MOST, wrong: Any = _HOW_MANY) -> WholeNumber:
    return WholeNumber(label, [Optional(), NumberRange(min=least, max=most, message=wrong)])


class ProfileForm(FlaskForm):  # type: ignore[misc]
    looking_for_en = lines(_("Looking for, in English"), longest=2000)
    looking_for_it = lines(_("Looking for, in Italian"), longest=2000)
    looking_for_de = lines(_("Looking for, in German"), longest=2000)
    offers_en = lines(_("Offers, in English"), longest=2000)
    offers_it = lines(_("Offers, in Italian"), longest=2000)
    offers_de = lines(_("Offers, in German"), longest=2000)
    founded_year = _number(_("Founded in"), least=1000, most=9999, wrong=_("Write a year of four digits."))
    staff = Number(
        _("Full-time posts of its management"),
        [Optional(), NumberRange(min=0, max=9999, message=_("Write a number such as 1.5, or leave it empty."))],
    )
    committed_members = _number(_("Members in all"))
    small_companies = _number(_("Small and medium companies"))
    large_companies = _number(_("Large companies"))
    research_bodies = _number(_("Research and training"))
    other_members = _number(_("Others"))
    target_countries = Boxes(_("Wants to work with"))

    def offer(self) -> None:
        """Give the choices, in the reader's language."""
        self.target_countries.choices = named(network.country_choices())

    def to_input(self) -> ProfileInput:
        staff = self.staff.data
        return ProfileInput(
            looking_for=texts_of(self, "looking_for"),
            offers=texts_of(self, "offers"),
            founded_year=self.founded_year.data,
            staff=None if staff is None else Decimal(str(round(staff, 1))),
            committed_members=self.committed_members.data,
            small_companies=self.small_companies.data,
            large_companies=self.large_companies.data,
            research_bodies=self.research_bodies.data,
            other_members=self.other_members.data,
            target_countries=tuple(self.target_countries.data or ()),
        )


def values_of(profile: ClusterProfile | None) -> dict[str, Any]:
    """What the form shows of a profile that stands already."""
    if profile is None:
        return {}
    plain = ("founded_year", "committed_members", "small_companies", "large_companies", "research_bodies")
    return {
        **texts_into("looking_for", profile.looking_for),
        **texts_into("offers", profile.offers),
        **{name: getattr(profile, name) for name in (*plain, "other_members", "target_countries")},
        "staff": None if profile.staff is None else float(profile.staff),
    }


class MemberForm(FlaskForm):  # type: ignore[misc]
    member_id = SelectField(_("Organisation"), [InputRequired(_("Choose one of the list."))], coerce=str)
    since = Day(_("Member since"), [Optional()])

    def offer(self, cluster_id: int) -> None:
        """Every organisation but the cluster itself."""
        others = [(str(id), name) for id, name in network.organisation_choices() if id != cluster_id]
        self.member_id.choices = [("", str(_("Choose…"))), *others]


class LabelForm(FlaskForm):  # type: ignore[misc]
    scheme = line(_("Label"), longest=80, required=_("Please name the label."))
    level = SelectField(_("Level"))
    issuer = line(_("Awarded by"), longest=120, required=_("Please say who awarded it."))
    awarded_on = Day(_("Awarded on"), [InputRequired(_WHICH_DAY)])
    valid_until = Day(_("Valid until"), [InputRequired(_WHICH_DAY)])

    def offer(self) -> None:
        self.level.choices = [(str(level), say(level)) for level in LabelLevel]

    def to_input(self) -> LabelInput:
        return LabelInput(
            scheme=self.scheme.data,
            level=LabelLevel(self.level.data),
            issuer=self.issuer.data,
            awarded_on=self.awarded_on.data,
            valid_until=self.valid_until.data,
        )
