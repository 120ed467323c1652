"""The shape of what is typed about a study. Choices come from the view, verdicts from the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import URL, DataRequired, InputRequired, ValidationError

from app.kernel.dates import RoughDate
from app.kernel.errors import Invalid
from app.kernel.form_checks import Boxes, line, lines, texts_of
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES
from app.network.queries import Choice
from app.studies.inputs import ServiceInput, StudyInput
from app.studies.rules import Fee, ServiceState, Target

Choices = Sequence[tuple[Any, str]]
_WORDS = {
    "title": {"en": _("Title in English"), "it": _("Title in Italian"), "de": _("Title in German")},
    "summary": {"en": _("Summary in English"), "it": _("Summary in Italian"), "de": _("Summary in German")},
    "findings": {
        "en": _("What it found, in English"),
        "it": _("What it found, in Italian"),
        "de": _("What it found, in German"),
    },
    "name": {"en": _("Name in English"), "it": _("Name in Italian"), "de": _("Name in German")},
    "about": {"en": _("What it is, in English"), "it": _("What it is, in Italian"), "de": _("What it is, in German")},
    "aims": {"en": _("Aims in English"), "it": _("Aims in Italian"), "de": _("Aims in German")},
}
_LONGEST = {"title": 200, "summary": 600, "findings": 8000, "name": 160, "about": 2000, "aims": 600}


def _id(value: Any) -> int | None:
    return int(value) if value else None


def _rough(form: Any, field: Any) -> None:
    try:
        RoughDate.parse(field.data)
    except Invalid as refusal:
        raise ValidationError(_("Write a year, a month or a day: 2012, 2012-09 or 2012-09-30.")) from refusal


def _named(choices: Iterable[Choice]) -> list[tuple[Any, str]]:
    return [(choice.id, choice.name.wording(language()).text) for choice in choices]


class StudyForm(FlaskForm):
    """``offer`` gives the choices before the form is validated or shown."""

    author_ids = SelectMultipleField(
        _("Conducted by"), [InputRequired(_("Choose who conducted the study."))], coerce=int
    )
    country_codes = SelectMultipleField(_("Countries"))
    region_codes = SelectMultipleField(_("Regions"))
    starts = line(_("From"), longest=10, checks=[_rough])
    ends = line(_("Until"), longest=10, checks=[_rough])
    project_id = SelectField(_("Project"), coerce=_id)
    web = line(
        _("Web page"),
        longest=300,
        checks=[URL(message=_("Write the whole address, beginning with https://."))],
    )

    def offer(
        self, *, authors: Choices, countries: Iterable[Choice], regions: Iterable[Choice], projects: Choices
    ) -> None:
        self.author_ids.choices = list(authors)
        self.country_codes.choices = _named(countries)
        self.region_codes.choices = _named(regions)
        self.project_id.choices = [("", str(_("No project"))), *projects]

    def to_input(self) -> StudyInput:
        return StudyInput(
            title=texts_of(self, "title"),
            summary=texts_of(self, "summary"),
            findings=texts_of(self, "findings"),
            author_ids=tuple(self.author_ids.data or ()),
            country_codes=tuple(self.country_codes.data or ()),
            region_codes=tuple(self.region_codes.data or ()),
            starts=RoughDate.parse(self.starts.data) if self.starts.data else None,
            ends=RoughDate.parse(self.ends.data) if self.ends.data else None,
            project_id=self.project_id.data,
            web=self.web.data or None,
        )


class ServiceForm(FlaskForm):
    organisation_id = SelectField(
        _("Cluster"), [DataRequired(_("Choose which cluster offers the service."))], coerce=_id
    )
    targets = Boxes(_("For whom it is"))
    state = SelectField(_("State"), default=str(ServiceState.OFFERED))
    fee = SelectField(_("Fee for members"), default=str(Fee.IN_MEMBERSHIP))

    def offer(self, organisations: Choices) -> None:
        self.organisation_id.choices = [("", str(_("Choose…"))), *organisations]
        self.targets.choices = [(str(one), say(one)) for one in Target]
        self.state.choices = [(str(one), say(one)) for one in ServiceState]
        self.fee.choices = [(str(one), say(one)) for one in Fee]

    def to_input(self) -> ServiceInput:
        return ServiceInput(
            organisation_id=self.organisation_id.data,
            name=texts_of(self, "name"),
            about=texts_of(self, "about"),
            aims=texts_of(self, "aims"),
            targets=frozenset(map(Target, self.targets.data or ())),
            state=ServiceState(self.state.data),
            fee=Fee(self.fee.data),
        )


class DocumentForm(FlaskForm):
    files = FileField(_("Document"), [FileRequired(_("Choose a file first."))])


for _form, _names in ((StudyForm, ("title", "summary", "findings")), (ServiceForm, ("name", "about", "aims"))):
    for _name in _names:
        for _lang in LANGUAGES:
            _kind = line if _name in {"title", "name"} else lines
            setattr(_form, f"{_name}_{_lang}", _kind(_WORDS[_name][_lang], longest=_LONGEST[_name]))
