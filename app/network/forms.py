"""Forms of the network: shape only."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
)
from wtforms.validators import Email, Optional, ValidationError

from app.kernel.errors import Refusal
from app.kernel.form_checks import (
    Boxes,
    NoControlCharacters,
    Number,
    Rows,
    Shorter,
    line,
    lines,
    listed,
    texts_into,
    texts_of,
    trimmed,
)
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network import queries
from app.network.inputs import OrganisationInput
from app.network.models import Organisation
from app.network.money import read_money
from app.network.presenters.lists import named, type_choices
from app.network.presenters.words import typed_money
from app.network.rules import OrganisationStatus, OrganisationType

LONGEST_ALIAS = 200


class MoneyField(StringField):  # type: ignore[misc]
    """Euros as typed in the reader's language; ``data`` is a Decimal, or None when empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        try:
            self.data = read_money(text, language())
        except Refusal as refusal:
            raise ValueError(say(refusal.code)) from refusal

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else typed_money(self.data)


def each_alias_fits(form: Any, field: Any) -> None:
    """A validator: one name a line, none longer than the page can show."""
    if any(len(name) > LONGEST_ALIAS for name in listed(field.data)):
        raise ValidationError(_("One of these names is too long."))


def _nothing_or_id(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def _choose(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", str(_("Choose…"))), *choices]


class OrganisationForm(FlaskForm):  # type: ignore[misc]
    name = line(_("Name"), longest=200, required=_("Please give a name."))
    short_name = line(_("Short name"), longest=80)
    aliases = lines(_("Other names"), longest=2000, checks=[each_alias_fits])
    types = Boxes(_("Types"))
    primary_type = SelectField(_("Main type"))
    unit_of_id = SelectField(_("Unit of"), [Optional()], coerce=_nothing_or_id)
    about_en = lines(_("About, in English"), longest=5000)
    about_it = lines(_("About, in Italian"), longest=5000)
    about_de = lines(_("About, in German"), longest=5000)
    street = line(_("Street and number"), longest=200)
    postcode = line(_("Postcode"), longest=20)
    city = line(_("Town"), longest=120)
    country_code = SelectField(_("Country"))
    region_code = SelectField(_("Region"), [Optional()])
    latitude = Number(_("Latitude"), [Optional()])
    longitude = Number(_("Longitude"), [Optional()])
    sector_ids = Boxes(_("Interested in these sectors"))
    specialisation_ids = Boxes(_("Specialised in"))
    web = line(_("Web address"), longest=300)
    email = EmailField(
        _("E-mail address"),
        [
            Optional(),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )
    status = SelectField(_("Status"))

    def offer(self) -> None:
        """Give the choices, in the reader's language."""
        self.types.choices = type_choices()
        self.primary_type.choices = _choose(type_choices())
        self.unit_of_id.choices = [("", str(_("No other organisation"))), *queries.organisation_choices()]
        self.country_code.choices = _choose(named(queries.country_choices()))
        self.region_code.choices = _choose(named(queries.region_choices()))
        self.sector_ids.choices = named(queries.sector_choices())
        self.specialisation_ids.choices = named(queries.specialisation_choices())
        self.status.choices = [(str(status), say(status)) for status in OrganisationStatus]

    def to_input(self) -> OrganisationInput:
        return OrganisationInput(
            name=self.name.data,
            short_name=self.short_name.data or None,
            aliases=tuple(listed(self.aliases.data)),
            about=texts_of(self, "about"),
            types=frozenset(OrganisationType(type) for type in self.types.data or ()),
            primary_type=OrganisationType(self.primary_type.data),
            unit_of_id=self.unit_of_id.data,
            street=self.street.data or None,
            postcode=self.postcode.data or None,
            city=self.city.data or None,
            country_code=self.country_code.data,
            region_code=self.region_code.data or None,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
            sector_ids=tuple(self.sector_ids.data or ()),
            specialisation_ids=tuple(self.specialisation_ids.data or ()),
            web=self.web.data or None,
            email=self.email.data or None,
            status=OrganisationStatus(self.status.data),
        )

    def validate_primary_type(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose the main type."))

    def validate_country_code(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose a country."))

    @staticmethod
    def values_of(organisation: Organisation) -> dict[str, Any]:
        """What fills the form to change an organisation."""
        plain = ("name", "short_name", "street", "postcode", "city", "country_code", "latitude", "longitude")
        return {
            **{name: getattr(organisation, name) for name in (*plain, "web", "email", "unit_of_id")},
            **texts_into("about", organisation.about),
            "region_code": organisation.region_code or "",
            "aliases": "\n".join(organisation.aliases),
            "types": [str(row.type) for row in organisation.types],
            "primary_type": str(organisation.primary_type),
            "sector_ids": [sector.id for sector in organisation.sectors],
            "specialisation_ids": [each.id for each in organisation.specialisations],
            "status": str(organisation.status),
        }


class ShareForm(Rows):  # type: ignore[misc]
    """One partner's line; the token stands in the form round it."""

    organisation_id = HiddenField()
    share = MoneyField(_("Share in euros"))
    is_public = BooleanField(_("Everybody may see it"))


class SharesForm(FlaskForm):  # type: ignore[misc]
    shares = FieldList(FormField(ShareForm))
