"""Dates, times, lengths and zones of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from app.freebusy.importing.lines import Property
from app.freebusy.importing.problems import Problems, Trouble
from app.kernel.dates import UnknownZone, zone

_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)")
_LENGTH = re.compile(
    r"\+?P(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,5})D)?"
    r"(?:T(?:(?P<hours>[0-9]{1,5})H)?(?:(?P<minutes>[0-9]{1,6})M)?(?:(?P<seconds>[0-9]{1,7})S)?)?"
)
_MOST_PARTS = 3  # of an IANA name, as in America/Argentina/Salta


class BadTime(ValueError):  # noqa: N818
    """What stands there is no date or time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """``wall`` is what the clock shows in ``zone``; a whole day begins at midnight."""

    wall: datetime
    zone: tzinfo
    is_day: bool

    @property
    def instant(self) -> datetime:
        """In UTC. A time that the clocks skip is read with the offset before (RFC 5545, 3.3.5)."""
        return self.wall.replace(tzinfo=self.zone).astimezone(UTC)

    def on(self, day: date) -> Moment:
        """The same time of another day."""
        return Moment(datetime.combine(day, self.wall.time()), self.zone, self.is_day)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The zones of a file. ``home``: of the place, where a time names none or one that nobody knows.

    ``named`` are the IANA names that the file itself gives to its zones.
    """

    home: ZoneInfo
    named: Mapping[str, str]
    problems: Problems

    def moment(self, given: Property) -> Moment:
        """The value of DTSTART and its like; raises BadTime."""
        text = given.value.strip()
        return self.moment_of(text, given)

    def moments(self, given: Property) -> list[Moment]:
        """Every value of RDATE and EXDATE; of a period its start. Raises BadTime."""
        return [self.moment_of(text.strip().partition("/")[0], given) for text in given.value.split(",")]

    def moment_of(self, text: str, given: Property) -> Moment:
        try:
            if match := _DATE.fullmatch(text):
                day = date(*(int(part) for part in match.groups()))
                return Moment(datetime.combine(day, time()), self.home, is_day=True)
            if match := _TIME.fullmatch(text):
                *numbers, is_utc = match.groups()
                year, month, day_number, hour, minute, second = (int(number) for number in numbers)
                wall = datetime(year, month, day_number, hour, minute, min(second, 59))  # noqa: DTZ001 a wall clock
                there: tzinfo = UTC if is_utc else self._zone(given)
                wall.replace(tzinfo=there).astimezone(UTC)  # the first and last day of all time have no instant
                return Moment(wall, there, is_day=False)
        except (ValueError, OverflowError) as error:
            raise BadTime(text) from error
        raise BadTime(text)

    def _zone(self, given: Property) -> ZoneInfo:
        name = given.parameters.get("TZID", "").strip()
        if not name:
            self.problems.note_once(given.line, Trouble.FLOATING, zone=self.home.key)
            return self.home
        known = known_zone(name) or known_zone(self.named.get(name, ""))
        if known is None:
            self.problems.note_once(given.line, Trouble.UNKNOWN_ZONE, name, name=name[:60], zone=self.home.key)
        return known or self.home


def known_zone(name: str) -> ZoneInfo | None:
    """By its IANA name, also behind a prefix such as ``/citadel.org/20210210_1/``, or as Windows calls it."""
    parts = name.strip("/").rsplit("/", _MOST_PARTS)[-_MOST_PARTS:]
    for candidate in (name, WINDOWS_TO_OLSON.get(name, ""), *("/".join(parts[at:]) for at in range(len(parts)))):
        try:
            return zone(candidate)
        except UnknownZone:
            continue
    return None


def length_of(text: str) -> timedelta:
    """A duration; raises BadTime for none, and for one that goes backwards."""
    match = _LENGTH.fullmatch(text.strip())
    given = {unit: int(number) for unit, number in match.groupdict().items() if number} if match else {}
    if not given:
        raise BadTime(text)
    return timedelta(**given)
