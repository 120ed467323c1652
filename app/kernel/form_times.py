"""Times in forms: typed on the clocks of a zone, understood as instants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, DateTimeLocalField
from wtforms.validators import Optional, ValidationError

from app.kernel.dates import NoSuchTime, instant, shown_zone
from app.kernel.phrases import say

YEARS = range(1950, 2101)
WRITTEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]  # as browsers send it; the first is how it is written


class Day(DateField):  # type: ignore[misc]
    """A day of a year that can be meant."""

    def pre_validate(self, form: Any) -> None:
        _check_year(self.data)


class InZone:
    """For a form whose times are on the clocks of ``zone``."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(*args, **kwargs)


class Moment(DateTimeLocalField):  # type: ignore[misc]
    """A day and a time in a form that is :class:`InZone`; refuses a year out of YEARS and a time that clocks skip.

    ``instant`` is what was typed in UTC, None for nothing; known after the form was validated.
    """

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(label, [Optional(), *validators], format=WRITTEN, **options)
        self.instant: datetime | None = None

    def pre_validate(self, form: Any) -> None:
        self.instant = None
        _check_year(self.data)
        if self.data is not None:
            try:
                self.instant = instant(self.data.date(), self.data.time(), form.zone)
            except NoSuchTime as error:
                raise ValidationError(say(error.code)) from error


def _check_year(typed: date | None) -> None:
    if typed is not None and typed.year not in YEARS:
        raise ValidationError(_("Is the year right?"))


def local(at: datetime | None, zone: str) -> datetime | None:
    """What stands in a field for an instant: the clocks of the zone."""
    return at.astimezone(shown_zone(zone)).replace(tzinfo=None) if at else None
