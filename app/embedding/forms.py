from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app.embedding.rules import LONGEST_ORIGIN, MOST_ORIGINS
from app.kernel.form_checks import lines, listed


class SitesForm(FlaskForm):  # type: ignore[misc]
    origins = lines(_("Sites"), longest=(LONGEST_ORIGIN + 2) * MOST_ORIGINS * 2)

    def to_input(self) -> list[str]:
        return listed(self.origins.data)
