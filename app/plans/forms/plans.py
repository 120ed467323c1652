from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from app.files.rules import ENDINGS
from app.kernel.form_checks import Boxes, WholeNumber, line, lines, texts_into, texts_of
from app.kernel.form_times import Day
from app.kernel.texts import LANGUAGES
from app.plans.inputs import ChapterInput, DocumentInput
from app.plans.models import PlanChapter

LONGEST_CHAPTER = 20_000
WRITTEN = tuple(f"{part}_{lang}" for part in ("title", "body") for lang in LANGUAGES)


class ChapterForm(FlaskForm):  # type: ignore[misc]
    """``revision``: the one that was read; what others saved since is merged."""

    revision = WholeNumber(validators=[InputRequired(), NumberRange(0, 2**31 - 1)], widget=HiddenInput())
    title_en = line(_("Title in English"), longest=200)
    title_it = line(_("Title in Italian"), longest=200)
    title_de = line(_("Title in German"), longest=200)
    body_en = lines(_("Text in English"), longest=LONGEST_CHAPTER)
    body_it = lines(_("Text in Italian"), longest=LONGEST_CHAPTER)
    body_de = lines(_("Text in German"), longest=LONGEST_CHAPTER)

    def to_input(self) -> ChapterInput:
        return ChapterInput(title=texts_of(self, "title"), body=texts_of(self, "body"))

    @classmethod
    def typed(cls, fields: Mapping[str, str], revision: int) -> ChapterForm:
        """With what was typed and not saved; what others saved since ``revision`` is merged when it is."""
        return cls(formdata=MultiDict({**fields, "revision": str(revision)}))

    @classmethod
    def of(cls, row: PlanChapter | None) -> ChapterForm:
        if row is None:
            return cls(formdata=None, revision=0)
        values = {**texts_into("title", row.title), **texts_into("body", row.body)}
        return cls(formdata=None, revision=row.revision, **values)


class VersionForm(FlaskForm):  # type: ignore[misc]
    name = line(_("Name of the version"), longest=120, required=_("Give the version a name, as “For the forum”."))
    note = lines(_("What is new"), longest=1000)


class OrganisationsForm(FlaskForm):  # type: ignore[misc]
    organisations = Boxes(_("Organisations"), coerce=int)

    def offer(self, organisations: list[tuple[int, str]]) -> None:
        """Give the choices, in the reader's language."""
        self.organisations.choices = [SelectChoice(key, name) for key, name in organisations]


class AdoptionForm(OrganisationsForm):
    adopted_on = Day(_("Adopted on"), [InputRequired(_("Give the day of the adoption."))])


class UptakeForm(FlaskForm):  # type: ignore[misc]
    organisation = SelectField(_("Organisation"), coerce=int)
    adopted_on = Day(_("Adopted on"), [InputRequired(_("Give the day of the adoption."))])

    def offer(self, organisations: list[tuple[int, str]]) -> None:
        self.organisation.choices = [SelectChoice(key, name) for key, name in organisations]


class DocumentForm(FlaskForm):  # type: ignore[misc]
    title = line(_("Title"), longest=200)
    files = FileField(_("File"), render_kw={"accept": ",".join(f".{each}" for each in ENDINGS)})
    url = line(_("Web address"), longest=500)
    is_public = BooleanField(_("Everybody may read it"))

    def validate_url(self, field: StringField) -> None:
        if bool(field.data) == bool(self.files.data):
            raise ValidationError(_("Choose a file, or give the address where the document lies: one of both."))

    def to_input(self) -> DocumentInput:
        return DocumentInput(title=self.title.data or "", url=self.url.data or "", is_public=self.is_public.data)
