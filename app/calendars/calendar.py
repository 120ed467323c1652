"""A whole calendar file, joined from bytes that were made before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from icalendar import Calendar, vText, vUri
from icalendar.prop import vInline

from app.calendars import text
from app.calendars.zones import vtimezone

BEGIN, END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_END = b"END:VCALENDAR\r\n"


def calendar_head(
    name: str,
    description: str,
    lang: str,
    refresh: str = "PT1H",
    *,
    color: str = "",
    apple_color: str = "",
    source: str = "",
    url: str = "",
) -> bytes:
    """The lines before the first component of a feed: its name, and how often to look again.

    ``refresh`` is a duration of RFC 5545; ``color`` a CSS name and ``apple_color`` its ``#rrggbb``;
    ``source`` the feed's own address and ``url`` its page. No METHOD, and no UID.
    """
    calendar = plain_calendar(lang)
    _add_twice(calendar, "name", "x-wr-calname", text.line(name))
    _add_twice(calendar, "description", "x-wr-caldesc", text.paragraphs(description))
    calendar.add("refresh-interval", vInline(refresh), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vInline(refresh))
    if color:
        calendar.add("color", vText(text.line(color)))
    if apple_color:
        calendar.add("x-apple-calendar-color", vText(text.line(apple_color)))
    if source:
        calendar.add("source", vUri(text.uri(source)), parameters={"VALUE": "URI"})
    if url:
        calendar.add("url", vUri(text.uri(url)))
    return head_of(calendar)


def plain_calendar(lang: str) -> Calendar:
    """A calendar with what every one must have."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Filo//Events//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def head_of(calendar: Calendar) -> bytes:
    """The lines of a calendar without components, open for :func:`join`."""
    lines: bytes = calendar.to_ical()
    return lines.removesuffix(_END)


def join(head: bytes, zones: Iterable[str], vevents: Iterable[bytes]) -> bytes:
    """The file: the head, each zone once and before the first entry, the entries, the end.

    A file without any component is not valid (RFC 5545 §3.6), so an empty one carries the zone UTC.
    """
    entries = b"".join(vevents)
    names = sorted(set(zones)) or ([] if entries else ["Etc/UTC"])
    return b"".join([head, *map(vtimezone, names), entries, _END])


def is_sound(zones: str, body: bytes) -> bool:
    """Whether an entry can stand in a file: one that cannot must not spoil the others. ``zones``: names, by blanks."""
    return body.startswith(BEGIN) and body.endswith(END) and _is_text(body) and not unknown_zones([zones])


def unknown_zones(names: Iterable[str]) -> list[str]:
    """Of names as they are stored, several by blanks, those with a zone that is not known."""
    return [some for some in names if not all(_is_known(zone) for zone in some.split())]


def _is_text(body: bytes) -> bool:
    if body.isascii():
        return True
    try:
        return bool(body.decode())
    except UnicodeDecodeError:
        return False


@lru_cache(maxsize=1000)
def _is_known(zone: str) -> bool:
    try:
        return bool(vtimezone(zone))
    except Exception:
        return False


def _add_twice(calendar: Calendar, standard: str, customary: str, value: str) -> None:
    if value:
        calendar.add(standard, vText(value))
        calendar.add(customary, vText(value))
