"""The shape of what is typed about a practice. Choices come from the view, verdicts from the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from app.kernel.dates import RoughDate
from app.kernel.errors import Invalid
from app.kernel.form_checks import Boxes, Number, WholeNumber, line, lines, listed, texts_of
from app.kernel.i18n import language
from app.kernel.ids import opaque_id
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES, Texts
from app.network.queries import Choice
from app.practices.errors import TitleMissing
from app.practices.inputs import PracticeInput
from app.practices.phrases import PARTS
from app.practices.rules import Aim
from app.practices.rules.form import ROOM, Part

_IN = {
    "en": lambda part: _("%(part)s, in English", part=PARTS[part]),
    "it": lambda part: _("%(part)s, in Italian", part=PARTS[part]),
    "de": lambda part: _("%(part)s, in German", part=PARTS[part]),
}
MOST_EUROS = 2_000_000_000


def named(choices: Iterable[Choice], empty: str) -> list[tuple[str, str]]:
    """Choices with their names in the reader's language, after an empty one."""
    lang = language()
    return [("", empty), *((str(choice.id), choice.name.wording(lang).text) for choice in choices)]


def chosen_id(value: Any) -> int | None:
    """What was chosen; an empty choice is none."""
    return int(value) if value else None


def _rough(form: Any, field: Any) -> None:
    try:
        RoughDate.parse(field.data)
    except Invalid as refusal:
        raise ValidationError(_("Write a year, a month or a day: 2012, 2012-09 or 2012-09-30.")) from refusal


def _date(text: str | None) -> RoughDate | None:
    return RoughDate.parse(text) if text else None


def _texts(form: Any, part: Part) -> Texts:
    """Line breaks as one character: browsers send two, which would count twice and differ from what is kept."""
    return Texts({lang: text.replace("\r\n", "\n") for lang, text in texts_of(form, part).items()})


class PracticeForm(FlaskForm):
    """``offer`` gives the choices before the form is validated or shown."""

    form_key = HiddenField(validators=[Optional(), Length(max=64)], default=opaque_id)
    owner_id = SelectField(_("Owner"), [DataRequired(_("Choose whose practice this is."))], coerce=chosen_id)
    country_code = SelectField(_("Country"), [DataRequired(_("Choose the country where it is done."))])
    region_code = SelectField(_("Region"), default="")
    city = line(_("Town"), longest=120)
    latitude = Number(_("Latitude"), [Optional()])
    longitude = Number(_("Longitude"), [Optional()])
    sector_id = SelectField(_("Sector"), default="")
    aims = Boxes(_("What it promotes"))
    project_id = SelectField(_("Project"), default="", coerce=chosen_id)
    group_id = SelectField(_("Thematic group"), default="", coerce=chosen_id)
    owner_other = line(_("Other organisation in charge"), longest=200)
    theme = line(_("Theme or specific objective"), longest=160)
    cost_eur = WholeNumber(
        _("Cost in euros"),
        [Optional(), NumberRange(0, MOST_EUROS, message=_("Write whole euros as a number, without signs."))],
    )
    staff = line(_("Staff"), longest=160)
    starts = line(_("Since"), longest=10, checks=[_rough])
    ends = line(_("Until"), longest=10, checks=[_rough])
    is_ongoing = BooleanField(_("It is still going on"))
    did_not_work = BooleanField(_("It did not work, and others can learn from that"))
    web = line(_("Web page"), longest=300)
    video_url = line(_("Video on YouTube or Vimeo"), longest=300)
    keywords = lines(_("Keywords, one a line"), longest=600)
    revision = HiddenField()

    def offer(
        self,
        *,
        owners: Sequence[tuple[int, str]],
        countries: Iterable[Choice],
        regions: Iterable[Choice],
        sectors: Iterable[Choice],
        projects: Sequence[tuple[int, str]] = (),
        groups: Sequence[tuple[int, str]] = (),
    ) -> None:
        self.project_id.choices = [("", str(_("No project"))), *projects]
        self.group_id.choices = [("", str(_("No group"))), *groups]
        self.owner_id.choices = [("", str(_("Choose…"))), *owners]
        self.country_code.choices = named(countries, str(_("Choose…")))
        self.region_code.choices = named(regions, str(_("No region")))
        self.sector_id.choices = named(sectors, str(_("No sector")))
        self.aims.choices = [(str(aim), say(aim)) for aim in Aim]

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        title = self[f"title_{language()}"]
        if texts_of(self, "title") or title.errors:
            return bool(is_right)
        title.errors = [say(TitleMissing.code)]
        return False

    def to_input(self) -> PracticeInput:
        return PracticeInput(
            **{str(part): _texts(self, part) for part in Part},  # type: ignore[arg-type]
            owner_id=self.owner_id.data,
            country_code=self.country_code.data,
            region_code=self.region_code.data or None,
            city=self.city.data or None,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
            sector_id=self.sector_id.data or None,
            aims=frozenset(map(Aim, self.aims.data or ())),
            project_id=self.project_id.data,
            group_id=self.group_id.data,
            owner_other=self.owner_other.data or None,
            theme=self.theme.data or None,
            cost_eur=self.cost_eur.data,
            staff=self.staff.data or None,
            starts=_date(self.starts.data),
            ends=_date(self.ends.data),
            is_ongoing=self.is_ongoing.data,
            did_not_work=self.did_not_work.data,
            web=self.web.data or None,
            video_url=self.video_url.data or None,
            keywords=tuple(listed(self.keywords.data)),
        )


for _part in Part:
    for _lang in LANGUAGES:
        _kind = line if _part is Part.TITLE else lines
        setattr(PracticeForm, f"{_part}_{_lang}", _kind(_IN[_lang](_part), longest=ROOM[_part]))
