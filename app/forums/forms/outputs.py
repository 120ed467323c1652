from __future__ import annotations

from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField

from app.forums.models import TableOutput
from app.kernel.form_checks import lines


class TextForm(FlaskForm):  # type: ignore[misc]
    """What the rapporteur writes; ``revision`` is that of the text on which it was opened."""

    text = lines(_("Output"), longest=10_000)
    revision = HiddenField()

    @classmethod
    def of(cls, row: TableOutput | None) -> Self:
        if row is None:
            return cls(formdata=None)
        return cls(formdata=None, text=row.text, revision=str(row.version), is_released=row.released_at is not None)

    def seen(self) -> int | None:
        """None where nothing was there; one that was forged has seen nothing."""
        given = self.revision.data or ""
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


class OutputForm(TextForm):
    is_released = BooleanField(_("Participants of the event may read it"))
