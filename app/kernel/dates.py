"""Dates that are only known to the month or the year, and wall-clock times in a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from app.kernel.errors import Invalid


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class NoSuchTime(Invalid):
    """A wall-clock time that the zone skips when its clocks go forward."""

    code = "dates.no_such_time"


class UnknownZone(Invalid):
    code = "dates.unknown_zone"


@dataclass(frozen=True, slots=True)
class RoughDate:
    """A date and how exactly it is known. ``first`` is the first day that it may mean; it sorts by that."""

    first: date
    precision: DatePrecision

    @classmethod
    def parse(cls, text: str) -> RoughDate:
        """Read ``2013``, ``2013-02`` or ``2013-02-28``; raises Invalid."""
        parts = text.strip().split("-")
        try:
            year, month, day = [*(int(part) for part in parts), 1, 1][:3]
            first = date(year, month, day)
        except (ValueError, TypeError) as error:
            raise Invalid(value=text) from error
        if len(parts) > 3:
            raise Invalid(value=text)
        return cls(first, (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(parts) - 1])

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        match self.precision:
            case DatePrecision.DAY:
                return self.first
            case DatePrecision.MONTH:
                return (self.first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            case DatePrecision.YEAR:
                return date(self.first.year, 12, 31)

    def __str__(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def zone(name: str) -> ZoneInfo:
    """The named IANA zone; raises UnknownZone."""
    if name not in _zones():
        raise UnknownZone(zone=name)
    return ZoneInfo(name)


def shown_zone(name: str) -> ZoneInfo:
    """The zone for a page to show times in: UTC where there is none of that name (any more)."""
    return ZoneInfo(name if name in _zones() else "UTC")


def european_zones() -> list[str]:
    """The zones that a form suggests; every other known one may be typed."""
    return sorted(name for name in _zones() if name.startswith("Europe/"))


@cache
def _zones() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def instant(day: date, clock: time, zone_name: str) -> datetime:
    """The UTC instant of a wall-clock time in a zone.

    An hour that happens twice means its first pass; one that is skipped raises NoSuchTime.
    """
    local = datetime.combine(day, clock, zone(zone_name))
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(day=day, clock=clock, zone=zone_name)
    return local.astimezone(UTC)
