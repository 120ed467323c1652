"""Rows of partners who hold a template in their regions. Times are typed on the clocks of the row's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, FieldList, FormField, SelectField
from wtforms.validators import Optional

from app.events.errors import RegionsRefused
from app.events.forms import SPOKEN, Offered, one_of, perhaps, zone_names
from app.events.rules import MOST_COPIES, REGIONAL_PARTS, Part
from app.events.services import RegionInput
from app.kernel.dates import NoSuchTime, UnknownZone, instant
from app.kernel.form_checks import Boxes, Rows
from app.kernel.form_times import WRITTEN, YEARS
from app.kernel.i18n import language
from app.kernel.phrases import say

FIRST_ROWS, MORE_ROWS = 4, 4


class RegionRow(Rows):
    partner_id = SelectField(_("Partner"), coerce=perhaps(int))
    region_code = SelectField(_("Region"), coerce=perhaps(str))
    venue_id = SelectField(_("Venue"), coerce=perhaps(int))
    starts = DateTimeLocalField(_("Start"), [Optional()], format=WRITTEN)
    timezone = SelectField(_("Time zone"), coerce=perhaps(str))
    language = SelectField(_("Language"), coerce=str)

    @property
    def is_empty(self) -> bool:
        typed = (self.partner_id, self.region_code, self.venue_id, self.starts)
        return not any(cell.data or cell.errors for cell in typed)


class RegionsForm(FlaskForm):
    rows = FieldList(FormField(RegionRow), min_entries=FIRST_ROWS, max_entries=MOST_COPIES)
    parts = Boxes(_("What comes along"), coerce=Part)

    def offer(self, offered: Offered, partners: list[tuple[Any, str]], *, zone: str) -> None:
        names = Locale.parse(language()).languages
        zones = [name for name in zone_names() if name.startswith("Europe/") or name == zone]
        choose = ("", str(_("Choose…")))
        self.zone, self.venue_zones = zone, offered.venue_zones
        self.parts.choices = one_of(Part, [part for part in Part if part in REGIONAL_PARTS])
        for row in self.rows.entries:
            row.partner_id.choices = [choose, *partners]
            row.region_code.choices = [("", str(_("As the venue"))), *offered.regions]
            row.venue_id.choices = [("", str(_("Not known yet"))), *offered.venues]
            row.timezone.choices = [
                ("", str(_("As the venue, else %(zone)s", zone=zone))),
                *((name, name) for name in zones),
            ]
            row.language.choices = [(code, names[code]) for code in SPOKEN]

    def more(self) -> None:
        """Offer further rows, as far as there may be."""
        for _number in range(min(MORE_ROWS, MOST_COPIES - len(self.rows.entries))):
            self.rows.append_entry()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        self.numbers = [number for number, row in enumerate(self.rows.entries) if not row.is_empty]
        is_right = bool(super().validate(extra_validators))
        self.regions = [self._read(self.rows.entries[number]) for number in self.numbers]
        self._gather()
        if not self.numbers:
            self.form_errors.append(_("Fill in at least one row."))
        return is_right and bool(self.numbers) and None not in self.regions

    def wanted(self) -> Iterator[RegionInput]:
        """The rows that say something, in their order."""
        return (row for row in self.regions if row is not None)

    def refuse(self, refusal: RegionsRefused) -> None:
        """Put what is wrong beside the rows that it is of."""
        refusals: Any = refusal.details["refusals"]
        for number, error in refusals:
            row = self.rows.entries[self.numbers[number]].form
            name = str(error.details.get("field", ""))
            cell = row[name] if name in row else row.starts  # noqa: SIM401 (a form has no get)
            cell.errors = [*cell.errors, say(error.code, **error.details)]
        self._gather()

    def _gather(self) -> None:
        self.rows.errors = [row.errors for row in self.rows.entries] if any(r.errors for r in self.rows.entries) else []

    def _read(self, row: Any) -> RegionInput | None:
        if not row.partner_id.data and not row.partner_id.errors:
            row.partner_id.errors = [_("Choose who holds it.")]
        if not (row.region_code.data or row.venue_id.data) and not row.region_code.errors:
            row.region_code.errors = [_("Choose a region, or a venue.")]
        zone = self.venue_zones.get(row.venue_id.data) or row.timezone.data or self.zone
        starts_at = _moment(row.starts, zone)
        if starts_at is None or row.errors:
            return None
        return RegionInput(
            partner_id=row.partner_id.data,
            starts_at=starts_at,
            timezone=zone,
            language=row.language.data,
            region_code=row.region_code.data,
            venue_id=row.venue_id.data,
        )


def _moment(cell: Any, zone: str) -> datetime | None:
    if cell.errors:
        return None
    if cell.data is None:
        cell.errors = [_("Choose a day and a time.")]
    elif cell.data.year not in YEARS:
        cell.errors = [_("Is the year right?")]
    else:
        try:
            return instant(cell.data.date(), cell.data.time(), zone)
        except (NoSuchTime, UnknownZone) as error:
            cell.errors = [say(error.code)]
    return None
