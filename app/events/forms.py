"""Shapes of what organisers type about events. Times are typed on the clocks of the event's zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateTimeLocalField, EmailField, HiddenField, RadioField, SelectField
from wtforms.validators import Email, InputRequired, NumberRange, Optional, ValidationError

from app.events.errors import BadRepeat
from app.events.rules import (
    MOST_REPEATS,
    TEMPLATES,
    Audience,
    Format,
    Kind,
    OrganisationRole,
    Part,
    PersonRole,
    Repeat,
    SubFormat,
    rough_span,
)
from app.events.services import EventInput
from app.kernel.dates import DatePrecision, NoSuchTime, RoughDate, instant, shown_zone
from app.kernel.errors import Invalid
from app.kernel.form_checks import (
    Boxes,
    NoControlCharacters,
    Shorter,
    WholeNumber,
    line,
    lines,
    texts_into,
    texts_of,
    trimmed,
)
from app.kernel.form_times import WRITTEN, YEARS, Day
from app.kernel.i18n import language
from app.kernel.phrases import say

SPOKEN = ("en", "it", "de", "fr", "sl", "hr", "cs", "sk", "pl", "hu", "es")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What an event's form may choose from, as ``(value, words)``."""

    organisers: list[tuple[Any, str]] = field(default_factory=list)
    venues: list[tuple[Any, str]] = field(default_factory=list)
    venue_zones: Mapping[int, str] = field(default_factory=dict)
    countries: list[tuple[Any, str]] = field(default_factory=list)
    regions: list[tuple[Any, str]] = field(default_factory=list)
    sectors: list[tuple[Any, str]] = field(default_factory=list)
    groups: list[tuple[Any, str]] = field(default_factory=list)
    projects: list[tuple[Any, str]] = field(default_factory=list)
    phases: list[tuple[Any, str]] = field(default_factory=list)
    series: list[tuple[Any, str]] = field(default_factory=list)


def one_of(kind: type[E], among: Iterable[E] | None = None) -> list[tuple[str, str]]:
    """Members of an enumeration as choices, in the reader's language."""
    return [(str(member), say(member)) for member in among or kind]


def perhaps(kind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Coerce what was chosen; an empty choice is None."""
    return lambda value: kind(value) if value not in {"", None} else None


def web_address(form: Any, field: Any) -> None:
    """An address that a browser opens safely: http or https, with a host."""
    try:
        parts = urlsplit(field.data)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in field.data
    except ValueError:
        is_web = False
    if not is_web:
        raise ValidationError(_("Write the whole address, beginning with https://."))


class _Texts(FlaskForm):
    """Title, summary, description (Markdown) and costs, each in every language."""

    title_en = line(_("Title"), longest=200)
    title_it = line(_("Title"), longest=200)
    title_de = line(_("Title"), longest=200)
    summary_en = lines(_("Summary"), longest=1000)
    summary_it = lines(_("Summary"), longest=1000)
    summary_de = lines(_("Summary"), longest=1000)
    description_en = lines(_("Description"), longest=20_000)
    description_it = lines(_("Description"), longest=20_000)
    description_de = lines(_("Description"), longest=20_000)
    cost_note_en = line(_("Costs"), longest=300)
    cost_note_it = line(_("Costs"), longest=300)
    cost_note_de = line(_("Costs"), longest=300)


class EventForm(_Texts):
    """A new event, or one that is edited."""

    revision = HiddenField()
    organiser_id = SelectField(
        _("Organiser"), [InputRequired(_("Choose in whose name you plan the event."))], coerce=perhaps(int)
    )
    kind = SelectField(_("Kind"), coerce=Kind)
    sub_format = SelectField(_("More exactly"), coerce=perhaps(SubFormat))
    format = RadioField(_("Where people take part"), coerce=Format, default=Format.ON_SITE)
    venue_id = SelectField(_("Venue"), coerce=perhaps(int))
    online_url = line(_("Link to take part online"), longest=500, checks=[web_address])
    country_code = SelectField(_("Country"), coerce=perhaps(str))
    region_code = SelectField(_("Region"), coerce=perhaps(str))
    date_precision = RadioField(_("How exactly the date is known"), coerce=DatePrecision, default=DatePrecision.DAY)
    starts = DateTimeLocalField(_("Start"), [Optional()], format=WRITTEN)
    ends = DateTimeLocalField(_("End"), [Optional()], format=WRITTEN)
    rough = line(_("Year, or year and month"), longest=7)
    timezone = SelectField(_("Time zone"), coerce=perhaps(str))
    audience = RadioField(_("Who may take part"), coerce=Audience, default=Audience.PUBLIC)
    listed = BooleanField(_("Show it on the public list and in calendars"), default=True)
    languages = Boxes(_("Languages spoken"))
    sector_ids = Boxes(_("Sectors"))
    group_ids = Boxes(_("Thematic groups"), coerce=int)
    project_id = SelectField(_("Project"), coerce=perhaps(int))
    phase_id = SelectField(_("Phase of the project"), coerce=perhaps(int))
    series_id = SelectField(_("Series"), coerce=perhaps(int))
    edition_label = line(_("Edition"), longest=80)
    contact_email = EmailField(
        _("Address for questions"),
        [
            Optional(),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )
    with_agenda = BooleanField(_("Begin with the usual agenda of this kind"), default=True)

    def offer(self, offered: Offered) -> None:
        """Give the choices, which are in the reader's language."""
        self._venue_zones = offered.venue_zones
        ask = [("", str(_("Choose an organisation")))] if len(offered.organisers) > 1 else []
        self.organiser_id.choices = [*ask, *offered.organisers]
        self.kind.choices = one_of(Kind)
        self.sub_format.choices = [("", "–"), *one_of(SubFormat)]
        self.format.choices = one_of(Format)
        self.venue_id.choices = [("", str(_("No venue yet"))), *offered.venues]
        self.country_code.choices = [("", str(_("As the venue"))), *offered.countries]
        self.region_code.choices = [("", str(_("As the venue"))), *offered.regions]
        self.date_precision.choices = one_of(DatePrecision)
        self.timezone.choices = [("", str(_("As the venue"))), *((name, name) for name in zone_names())]
        self.audience.choices = one_of(Audience)
        names = Locale.parse(language()).languages
        self.languages.choices = [(code, names[code]) for code in SPOKEN]
        self.sector_ids.choices, self.group_ids.choices = offered.sectors, offered.groups
        self.project_id.choices = [("", "–"), *offered.projects]
        self.phase_id.choices = [("", "–"), *offered.phases]
        self.series_id.choices = [("", "–"), *offered.series]

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        return self._read_title() and self._read_times() and is_right

    def to_input(self) -> EventInput:
        """What was typed; only after :meth:`validate`."""
        plain: dict[str, Any] = {name: self[name].data for name in _PLAIN}
        plain |= {name: texts_of(self, name) for name in ("title", "summary", "description", "cost_note")}
        return EventInput(
            **plain,
            online_url=self.online_url.data or None,
            edition_label=self.edition_label.data or None,
            contact_email=self.contact_email.data or None,
            timezone=self._zone,
            starts_at=self._span[0],
            ends_at=self._span[1],
            languages=tuple(self.languages.data or ()),
            sector_ids=tuple(self.sector_ids.data or ()),
            group_ids=tuple(self.group_ids.data or ()),
        )

    def _read_title(self) -> bool:
        if texts_of(self, "title"):
            return True
        return _wrong(self[f"title_{language()}"], _("Write a title in at least one language."))

    def _read_times(self) -> bool:
        self._zone = self.timezone.data or self._venue_zones.get(self.venue_id.data) or ""
        if not self._zone:
            return _wrong(self.timezone, _("Choose a time zone, or a venue."))
        if self.timezone.errors or self.date_precision.errors:
            return False
        if self.date_precision.data is DatePrecision.DAY:
            starts, ends = self._moment(self.starts), self._moment(self.ends)
            if starts is None or ends is None:
                return False
            self._span = (starts, ends)
            return True
        return self._read_rough(self.date_precision.data)

    def _moment(self, field: Any) -> datetime | None:
        if field.errors:
            return None
        if field.data is None:
            _wrong(field, _("Choose a day and a time."))
        elif field.data.year not in YEARS:
            _wrong(field, _("Is the year right?"))
        else:
            try:
                return instant(field.data.date(), field.data.time(), self._zone)
            except NoSuchTime as error:
                _wrong(field, say(error.code))
        return None

    def _read_rough(self, precision: DatePrecision) -> bool:
        try:
            rough = RoughDate.parse(self.rough.data or "")
        except Invalid:
            return _wrong(self.rough, _("Write a year such as 2018, or a month such as 2018-05."))
        if rough.precision is not precision:
            return _wrong(self.rough, _("Write a year such as 2018, or a month such as 2018-05."))
        if rough.first.year not in YEARS:
            return _wrong(self.rough, _("Is the year right?"))
        self._span = rough_span(rough, self._zone)
        return True


_PLAIN = (
    "kind",
    "sub_format",
    "format",
    "venue_id",
    "country_code",
    "region_code",
    "date_precision",
    "audience",
    "listed",
    "project_id",
    "phase_id",
    "series_id",
)


def filled(values: EventInput, *, revision: int, venue_country: str | None, venue_region: str | None) -> dict[str, Any]:
    """What a form of a standing event begins with; what only follows from the venue is left to it."""
    there = shown_zone(values.timezone)
    is_exact = values.date_precision is DatePrecision.DAY
    starts, ends = values.starts_at.astimezone(there), values.ends_at.astimezone(there)
    data: dict[str, Any] = {name: getattr(values, name) for name in (*_PLAIN, "edition_label", "contact_email")}
    for name in ("title", "summary", "description", "cost_note"):
        data |= texts_into(name, getattr(values, name))
    return data | {
        "revision": revision,
        "online_url": values.online_url,
        "country_code": None if values.country_code == venue_country else values.country_code,
        "region_code": None if values.region_code == venue_region else values.region_code,
        "starts": starts.replace(tzinfo=None) if is_exact else None,
        "ends": ends.replace(tzinfo=None) if is_exact else None,
        "rough": "" if is_exact else str(RoughDate(starts.date(), values.date_precision)),
        "timezone": values.timezone,
        "languages": list(values.languages),
        "sector_ids": list(values.sector_ids),
        "group_ids": list(values.group_ids),
    }


def proposed(kind: Kind, *, today: date) -> dict[str, Any]:
    """What the form of a new event begins with: its kind's usual times, six weeks from now."""
    template = TEMPLATES[kind]
    first = today + timedelta(weeks=6)
    first += timedelta(days=-first.weekday() + 2)  # a Wednesday
    return {
        "kind": kind,
        "starts": datetime.combine(first, template.starts),
        "ends": datetime.combine(first + timedelta(days=template.days - 1), template.ends),
        "languages": [language()],
        "with_agenda": True,
        "listed": True,
    }


class CopyForm(FlaskForm):
    starts_on = Day(_("First day of the new edition"), [InputRequired(_("Choose a day."))])
    repeat = RadioField(_("How often"), coerce=Repeat, default=Repeat.ONCE)
    times = WholeNumber(_("How many times, the first one included"), default=6)
    parts = Boxes(_("What comes along"), coerce=Part)

    def offer(self) -> None:
        self.repeat.choices = one_of(Repeat)
        self.parts.choices = one_of(Part)

    def validate_times(self, field: Any) -> None:
        """Only asked of what repeats."""
        is_number = not field.errors and field.data is not None
        field.errors = []
        if self.repeat.data is Repeat.MONTHLY and not is_number:
            raise ValidationError(say(BadRepeat.code, most=MOST_REPEATS))


class SeriesForm(FlaskForm):
    """A new series, or one that is edited; its kind is chosen once."""

    title_en = line(_("Title"), longest=200)
    title_it = line(_("Title"), longest=200)
    title_de = line(_("Title"), longest=200)
    kind = SelectField(_("Kind"), coerce=Kind)
    project_id = SelectField(_("Project"), coerce=perhaps(int))
    region_codes = Boxes(_("Regions in which editions are planned"))

    def offer(self, offered: Offered) -> None:
        self.kind.choices = one_of(Kind)
        self.project_id.choices = [("", "–"), *offered.projects]
        self.region_codes.choices = offered.regions

    def to_input(self) -> dict[str, Any]:
        return {
            "title": texts_of(self, "title"),
            "project_id": self.project_id.data,
            "region_codes": self.region_codes.data or [],
        }


class OrganisationPartForm(FlaskForm):
    organisation_id = SelectField(_("Organisation"), [InputRequired(_("Choose an organisation."))], coerce=perhaps(int))
    role = SelectField(_("Role"), coerce=OrganisationRole, default=OrganisationRole.PARTICIPANT)
    unnamed_heads = WholeNumber(
        _("People without a name"),
        [Optional(), NumberRange(0, 100_000, _("Write a number from 0 to 100,000."))],
        default=0,
    )

    def offer(self, organisations: list[tuple[Any, str]]) -> None:
        self.organisation_id.choices = [("", str(_("Choose…"))), *organisations]
        self.role.choices = one_of(OrganisationRole)


class PersonPartForm(FlaskForm):
    person_id = SelectField(_("Person"), [InputRequired(_("Choose a person."))], coerce=perhaps(int))
    role = SelectField(_("Role"), coerce=PersonRole, default=PersonRole.SPEAKER)
    organisation_id = SelectField(_("Organisation at that time"), coerce=perhaps(int))

    def offer(self, persons: list[tuple[Any, str]], organisations: list[tuple[Any, str]]) -> None:
        self.person_id.choices = [("", str(_("Choose…"))), *persons]
        self.role.choices = one_of(PersonRole)
        self.organisation_id.choices = [("", str(_("As today"))), *organisations]


class ReasonForm(FlaskForm):
    reason = lines(_("Reason"), longest=1000)


def zone_names() -> list[str]:
    """The zones of the world; Europe, where these events are, stands first."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return [name for name in names if name.startswith("Europe/")] + [
        name for name in names if not name.startswith("Europe/")
    ]


def _wrong(field: Any, message: Any) -> bool:
    field.errors = [*field.errors, message]
    return False
