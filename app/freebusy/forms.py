"""The shape of what an organiser says of a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import DataRequired, Optional

from app.freebusy.fetching.addresses import LONGEST_ADDRESS
from app.freebusy.rules import CalendarInput, Use
from app.kernel.dates import european_zones
from app.kernel.form_checks import Boxes, line
from app.kernel.phrases import say

HOME = "Europe/Rome"


def _id(value: Any) -> int | None:
    return int(value) if value else None


class SourceForm(FlaskForm):
    """A file or an address."""

    file = FileField(_("File"), render_kw={"accept": ".ics,.ifb,text/calendar"})
    address = line(_("Address"), longest=LONGEST_ADDRESS)


class CalendarForm(SourceForm):
    """``offer`` gives the choices before the form is validated or shown."""

    name = line(_("Name"), longest=120, required=_("Give it a name, such as “Bookings of the large hall”."))
    organisation_id = SelectField(_("For"), coerce=_id)
    use = SelectField(_("What it is"), [DataRequired()], default=Use.ROOMS)
    room_ids = Boxes(_("Rooms"), [Optional()], coerce=int)
    region_code = SelectField(_("Region"), [Optional()])
    group_id = SelectField(_("Thematic group"), coerce=_id)
    timezone = SelectField(_("Time zone"), default=HOME)

    def offer(
        self,
        *,
        organisations: Sequence[tuple[int, str]],
        rooms: Sequence[tuple[int, str]],
        regions: Sequence[tuple[str, str]],
        groups: Sequence[tuple[int, str]],
    ) -> None:
        self.organisation_id.choices = list(organisations)
        self.use.choices = [(str(use), say(use)) for use in Use]
        self.room_ids.choices = list(rooms)
        self.region_code.choices = [("", str(_("Every region"))), *regions]
        self.group_id.choices = [("", str(_("Every group"))), *groups]
        self.timezone.choices = european_zones()

    def to_input(self) -> CalendarInput:
        return CalendarInput(
            organisation_id=self.organisation_id.data,
            name=self.name.data,
            use=Use(self.use.data),
            timezone=self.timezone.data,
            address="" if self.file.data else self.address.data or "",
            room_ids=tuple(self.room_ids.data or ()),
            region_code=self.region_code.data or None,
            group_id=self.group_id.data,
        )
