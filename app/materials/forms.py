"""The shape of what is said of materials. Choices come from the view, verdicts from the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.files.rules import ENDINGS
from app.kernel.form_checks import line
from app.kernel.phrases import say
from app.materials.inputs import MaterialInput
from app.materials.rules import MaterialKind, Visibility

MOST_AT_ONCE = 20


def _id(value: Any) -> int | None:
    return int(value) if value else None


def _some(form: FlaskForm, field: MultipleFileField) -> None:
    if not field.data:
        raise ValidationError(_("Choose at least one file."))
    if len(field.data) > MOST_AT_ONCE:
        raise ValidationError(_("These are more than %(most)s files. Send them in parts.", most=MOST_AT_ONCE))


class _AboutForm(FlaskForm):
    """``offer`` gives the choices before the form is validated or shown."""

    title = line(_("Title"), longest=200)
    kind = SelectField(_("Kind"), default=MaterialKind.SLIDES)
    language = SelectField(_("Language"))
    agenda_item_id = SelectField(_("Item of the agenda"), coerce=_id)
    credit = line(_("Author or credit"), longest=200)
    visibility = SelectField(_("Who sees it"), default=Visibility.PARTICIPANTS)
    permission_by = line(_("Permission to publish, given by"), longest=200)

    def offer(self, *, languages: Sequence[tuple[str, str]], items: Sequence[tuple[int, str]]) -> None:
        self.kind.choices = [(str(kind), say(kind)) for kind in MaterialKind]
        self.visibility.choices = [(str(visibility), say(visibility)) for visibility in Visibility]
        self.language.choices = list(languages)
        self.agenda_item_id.choices = [("", str(_("The whole event"))), *items]

    def to_input(self) -> MaterialInput:
        return MaterialInput(
            title=self.title.data or None,
            kind=MaterialKind(self.kind.data),
            language=self.language.data,
            agenda_item_id=self.agenda_item_id.data,
            credit=self.credit.data or None,
            visibility=Visibility(self.visibility.data),
            permission_by=self.permission_by.data or None,
        )


class UploadForm(_AboutForm):
    files = MultipleFileField(_("Files"), [_some], render_kw={"accept": ",".join(f".{each}" for each in ENDINGS)})


class LinkForm(_AboutForm):
    url = line(_("Address"), longest=500, required=_("Paste the address, beginning with https://"))
    title = line(_("Title"), longest=200, required=_("Give it a title: an address says little."))
    kind = SelectField(_("Kind"), default=MaterialKind.RECORDING)


class EditForm(_AboutForm):
    title = line(_("Title"), longest=200, required=_("Give it a title."))


class PermissionForm(FlaskForm):
    permission_by = line(_("Permission to publish, given by"), longest=200)
