from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField

from app.forums.models import TableOutput
from app.kernel.form_checks import lines


class OutputForm(FlaskForm):  # type: ignore[misc]
    text = lines(_("Output"), longest=10_000)
    is_released = BooleanField(_("Participants of the event may read it"))

    @classmethod
    def of(cls, row: TableOutput | None) -> OutputForm:
        if row is None:
            return cls(formdata=None)
        return cls(formdata=None, text=row.text, is_released=row.released_at is not None)
