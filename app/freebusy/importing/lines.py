"""From bytes to components with the numbers of their lines (RFC 5545, 3.1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from app.freebusy.errors import NoCalendar
from app.freebusy.importing.problems import Problems, Trouble

MOST_COMPONENTS = 5_000
_BREAK = re.compile(rb"\r\n|\n|\r")
_NAME = re.compile(rb"[A-Za-z0-9-]+")
# what a comment may be is said in one way only, else a search for its end would try every pair of comments
_WEB_PAGE = re.compile(
    rb"\s*(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype html|html|head|body|\?xml)", re.IGNORECASE | re.DOTALL
)
_WANTED = frozenset(
    {
        *("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"),
        *("SUMMARY", "STATUS", "TRANSP", "SEQUENCE", "FREEBUSY", "TZID", "X-LIC-LOCATION", "X-WR-CALNAME"),
        *("NAME", "X-MICROSOFT-CDO-BUSYSTATUS"),
    }
)
_TEXTS = frozenset({"SUMMARY", "X-WR-CALNAME", "NAME"})
_KEPT = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE"})


@dataclass(frozen=True, slots=True)
class Property:
    """One line. Parameter names are upper case; the value is as it was written, without folds."""

    line: int
    name: str
    value: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Component:
    """A component that matters, with its properties by name; ``line`` is that of its BEGIN."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    is_broken: bool = False

    def first(self, name: str) -> Property | None:
        return self.properties.get(name, [None])[0]

    def all(self, name: str) -> list[Property]:
        return self.properties.get(name, [])

    def word(self, name: str) -> str:
        found = self.first(name)
        return found.value.strip() if found else ""


def components(content: bytes, problems: Problems) -> Iterator[Component]:
    """VCALENDAR, its VEVENTs, VFREEBUSYs and VTIMEZONEs as they end; what is wrong with a line is noted.

    Raises NoCalendar for what is none at all, and for more than MOST_COMPONENTS.
    """
    _check_kind(content)
    standing: list[Component] = []
    opened: Counter[str] = Counter()  # of those in ``standing``, by name
    count, was_calendar = 0, False
    for number, raw in _unfolded(content.removeprefix(b"\xef\xbb\xbf")):
        found = _property(number, raw, problems, standing)
        if found is None:
            continue
        if found.name == "BEGIN":
            name = found.value.strip().upper()
            was_calendar = was_calendar or name == "VCALENDAR"
            count += name in _KEPT
            if count > MOST_COMPONENTS:
                raise NoCalendar("too_many_events", most=MOST_COMPONENTS)
            standing.append(Component(name, number))
            opened[name] += 1
        elif found.name == "END":
            yield from _closed(found, standing, opened, problems)
        elif standing:
            standing[-1].properties.setdefault(found.name, []).append(found)
    if not was_calendar:
        raise NoCalendar("no_calendar")
    for left in reversed(standing):
        problems.note(left.line, Trouble.NOT_CLOSED, component=left.name[:40])
        if left.name == "VCALENDAR":
            yield left


def _closed(end: Property, standing: list[Component], opened: Counter[str], problems: Problems) -> Iterator[Component]:
    name = end.value.strip().upper()
    if not opened[name]:
        problems.note(end.line, Trouble.NOT_OPENED, component=name[:40])
        return
    while (component := standing.pop()).name != name:
        opened[component.name] -= 1
        problems.note(component.line, Trouble.NOT_CLOSED, component=component.name[:40])
    opened[name] -= 1
    is_top = not standing or standing[-1].name == "VCALENDAR"
    if component.name == "VCALENDAR" or (component.name in _KEPT and is_top):
        yield component


def _check_kind(content: bytes) -> None:
    start = content.removeprefix(b"\xef\xbb\xbf")[:4096]
    if not start.strip():
        raise NoCalendar("empty")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoCalendar("utf16")
    if _WEB_PAGE.match(start):
        raise NoCalendar("web_page")
    if b"BEGIN:VCALENDAR" not in content.upper():
        raise NoCalendar("no_calendar")


def _unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Logical lines with the number of their first. Folds may cut a letter in two, so they go before decoding."""
    number, parts = 0, [b""]
    for count, line in enumerate(_BREAK.split(content), start=1):
        if line[:1] in {b" ", b"\t"} and number:
            parts.append(line[1:])
            continue
        if number and parts[0]:
            yield number, b"".join(parts)
        number, parts = count, [line]
    if parts[0]:
        yield number, b"".join(parts)


def _property(number: int, raw: bytes, problems: Problems, standing: list[Component]) -> Property | None:
    """The property of a line that matters; None for one that does not, or that cannot be read."""
    if not raw.strip():
        return None
    match = _NAME.match(raw)
    name = match[0].decode().upper() if match else ""
    follows = raw[match.end() : match.end() + 1] if match else b""
    if not name or follows not in {b":", b";"}:
        problems.note(number, Trouble.BAD_LINE, text=raw[:40].decode("utf-8", "replace"))
        return None
    if name in {"BEGIN", "END"}:
        return Property(number, name, raw.partition(b":")[2].decode("utf-8", "replace"))
    if name not in _WANTED:
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        problems.note(number, Trouble.NOT_UTF8, name=name)
        _break(standing, name)
        return None
    try:
        _name, parameters, value = Contentline(text).parts()
    except ValueError:
        problems.note(number, Trouble.BAD_LINE, text=text[:40])
        _break(standing, name)
        return None
    if name in _TEXTS:
        value = " ".join(value.replace("\0", " ").split())
    return Property(number, name, value, {key.upper(): str(given) for key, given in parameters.items()})


def _break(standing: list[Component], name: str) -> None:
    """Without a line of this name a component would mean something else; without its title it would not."""
    if standing and name not in _TEXTS:
        standing[-1].is_broken = True
