"""The shape of where a practice came from."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField

from app.kernel.form_checks import Boxes
from app.practices.forms.writing import chosen_id
from app.practices.inputs import OriginInput


class OriginForm(FlaskForm):
    study_id = SelectField(_("Found by the study"), default="", coerce=chosen_id)
    service_ids = Boxes(_("Services that inspired it"), coerce=int)

    def offer(self, *, studies: Sequence[tuple[int, str]], services: Sequence[tuple[int, str]]) -> None:
        self.study_id.choices = [("", str(_("No study"))), *studies]
        self.service_ids.choices = list(services)

    def to_input(self) -> OriginInput:
        return OriginInput(study_id=self.study_id.data, service_ids=tuple(self.service_ids.data or ()))
