"""The filter of a calendar-query (RFC 4791, 9.7), read and applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from app.caldav.errors import Refused
from app.caldav.reading import c
from app.caldav.vevents import Entry, overlaps, values
from app.caldav.writing import element

COLLATIONS = frozenset({"i;ascii-casemap", "i;octet", "i;unicode-casemap"})


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Instants in UTC; an end that is missing is open."""

    start: datetime | None
    end: datetime | None

    @classmethod
    def of(cls, node: Element) -> TimeRange:
        start, end = _instant(node.get("start")), _instant(node.get("end"))
        if (start is None and end is None) or (start and end and end <= start):
            raise Refused(403, element(c("valid-filter")))
        return cls(start, end)


@dataclass(frozen=True, slots=True)
class TextMatch:
    text: str
    negated: bool
    folded: bool

    @classmethod
    def of(cls, node: Element) -> TextMatch:
        collation = node.get("collation", "i;ascii-casemap")
        if collation not in COLLATIONS:
            raise Refused(403, element(c("supported-collation")))
        return cls(node.text or "", node.get("negate-condition") == "yes", collation != "i;octet")

    def fits(self, value: str) -> bool:
        text = self.text
        if self.folded:
            text, value = text.casefold(), value.casefold()
        return (text in value) != self.negated


@dataclass(frozen=True, slots=True)
class PropFilter:
    name: str
    is_not_defined: bool
    match: TextMatch | None

    @classmethod
    def of(cls, node: Element) -> PropFilter:
        if node.find(c("param-filter")) is not None or node.find(c("time-range")) is not None:
            raise Refused(403, element(c("supported-filter"), element(c("prop-filter"))))
        match = node.find(c("text-match"))
        return cls(
            node.get("name", ""),
            node.find(c("is-not-defined")) is not None,
            TextMatch.of(match) if match is not None else None,
        )

    def fits(self, entry: Entry) -> bool:
        found = [value for _parameters, value in values(entry.body, self.name)]
        if self.is_not_defined:
            return not found
        return any(self.match is None or self.match.fits(_unescaped(value)) for value in found)


@dataclass(frozen=True, slots=True)
class CompFilter:
    """``VCALENDAR``, ``VEVENT`` or ``VALARM``; of no other component does a calendar of ours hold any."""

    name: str
    is_not_defined: bool
    time_range: TimeRange | None
    props: tuple[PropFilter, ...]
    comps: tuple[CompFilter, ...]

    @classmethod
    def of(cls, node: Element) -> CompFilter:
        time_range = node.find(c("time-range"))
        return cls(
            node.get("name", "").upper(),
            node.find(c("is-not-defined")) is not None,
            TimeRange.of(time_range) if time_range is not None else None,
            tuple(map(PropFilter.of, node.findall(c("prop-filter")))),
            tuple(map(CompFilter.of, node.findall(c("comp-filter")))),
        )

    @classmethod
    def of_query(cls, query: Element) -> CompFilter:
        """The one outermost filter; raises Refused (valid-filter)."""
        node = query.find(f"{c('filter')}/{c('comp-filter')}")
        if node is None or node.get("name", "").upper() != "VCALENDAR":
            raise Refused(403, element(c("valid-filter")))
        return cls.of(node)

    def fits(self, entry: Entry) -> bool:
        """Whether the calendar that an entry is in passes."""
        if self.is_not_defined:
            return False
        return all(one.fits_in(entry) for one in self.comps)

    def fits_in(self, entry: Entry) -> bool:
        is_there = self.name == "VEVENT" or (self.name == "VTIMEZONE" and bool(entry.zones))
        if self.is_not_defined or not is_there:
            return self.is_not_defined and not is_there
        if self.name == "VTIMEZONE":
            return True
        if self.time_range and not overlaps(entry, self.time_range.start, self.time_range.end):
            return False
        return all(one.fits(entry) for one in self.props) and all(one.fits_alarm(entry) for one in self.comps)

    def fits_alarm(self, entry: Entry) -> bool:
        is_there = self.name == "VALARM" and b"\r\nBEGIN:VALARM\r\n" in entry.body
        return is_there != self.is_not_defined

    @property
    def span(self) -> TimeRange | None:
        """The range that every answer lies in, for asking the database for less."""
        return next((one.time_range for one in self.comps if one.name == "VEVENT"), None)

    @property
    def wants_events(self) -> bool:
        """Whether any entry can pass at all."""
        return all(one.name in {"VEVENT", "VTIMEZONE"} or one.is_not_defined for one in self.comps)


def _instant(text: str | None) -> datetime | None:
    """``20270113T120000Z``; raises Refused (valid-filter)."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise Refused(403, element(c("valid-filter"))) from error


def _unescaped(value: str) -> str:
    return value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
