"""The VEVENT of an entry: RFC 5545 and 7986, as calendars really read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Event, vText, vUri
from icalendar.prop import vInline

from app.calendars import text, zones
from app.calendars.entries import CalendarEntry

UTC_NAMES = frozenset({"UTC", "Etc/UTC"})


def vevent(entry: CalendarEntry) -> bytes:
    """The bytes of one VEVENT, CRLF and folded at 75 octets. The same entry always gives the same bytes."""
    body: bytes = component(entry).to_ical()
    return body


def component(entry: CalendarEntry) -> Event:
    """The VEVENT as a component, for a mail that adds people to it."""
    event = Event()
    event.add("uid", text.line(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("created", entry.created_at.astimezone(UTC))
    event.add("status", entry.status.value)
    event.add("transp", "TRANSPARENT" if entry.transparent or entry.is_cancelled else "OPAQUE")
    event.add("class", "PUBLIC")
    _add_times(event, entry)
    _add_words(event, entry)
    _add_place(event, entry)
    _add_links(event, entry)
    return event


def zones_of(entry: CalendarEntry) -> frozenset[str]:
    """The zones that the VEVENT refers to; a file with it needs their VTIMEZONEs."""
    if entry.all_day:
        return frozenset()
    moments = (_start(entry), _end(entry))
    return frozenset(str(moment.tzinfo) for moment in moments if moment.tzinfo is not UTC)


def _add_times(event: Event, entry: CalendarEntry) -> None:
    if entry.all_day:
        first, after = _days(entry)
        event.add("dtstart", first)
        event.add("dtend", after)
        event.add("x-microsoft-cdo-alldayevent", "TRUE")
    else:
        event.add("dtstart", _start(entry))
        event.add("dtend", _end(entry))


def _start(entry: CalendarEntry) -> datetime:
    return _as_written(entry.starts_at, entry.timezone, in_utc=entry.in_utc)


def _end(entry: CalendarEntry) -> datetime:
    return _as_written(entry.ends_at, entry.ends_timezone or entry.timezone, in_utc=entry.in_utc)


def _as_written(instant: datetime, zone_name: str, *, in_utc: bool) -> datetime:
    if in_utc or zone_name in UTC_NAMES or not zones.is_ruled(zone_name, instant):
        return instant.astimezone(UTC)
    return instant.astimezone(zones.zone(zone_name))


def _days(entry: CalendarEntry) -> tuple[date, date]:
    """The first day, and the day after the last one."""
    last_moment = entry.ends_at - timedelta(microseconds=1)
    first = entry.starts_at.astimezone(zones.zone(entry.timezone)).date()
    last = last_moment.astimezone(zones.zone(entry.ends_timezone or entry.timezone)).date()
    return first, max(first, last) + timedelta(days=1)


def _add_words(event: Event, entry: CalendarEntry) -> None:
    _add(event, "summary", text.line(entry.summary))
    _add(event, "description", text.paragraphs(entry.description))
    _add(event, "x-alt-desc", text.paragraphs(entry.description_html), FMTTYPE="text/html")
    if categories := [name for name in map(text.category, entry.categories) if name]:
        event.add("categories", categories)
    _add(event, "color", text.line(entry.color or ""))


def _add_place(event: Event, entry: CalendarEntry) -> None:
    location, title = text.line(entry.location), text.line(entry.location_title)
    _add(event, "location", location)
    if entry.latitude is None or entry.longitude is None:
        return
    latitude, longitude = f"{entry.latitude:.6f}", f"{entry.longitude:.6f}"
    event.add("geo", vInline(f"{latitude};{longitude}"))
    if location:  # Apple draws its map only if the title and the address together are the LOCATION
        _add_uri(
            event,
            "x-apple-structured-location",
            f"geo:{latitude},{longitude}",
            **{
                "X-ADDRESS": location.removeprefix(f"{title}, "),
                "X-APPLE-RADIUS": "72",
                "X-TITLE": title or location,
            },
        )


def _add_links(event: Event, entry: CalendarEntry) -> None:
    if entry.url:
        event.add("url", vUri(text.uri(entry.url)))
    if entry.conference:
        address, label = entry.conference
        _add_uri(event, "conference", address, FEATURE="VIDEO", LABEL=label)
    if entry.image:
        address, media_type = entry.image
        _add_uri(event, "image", address, DISPLAY="BADGE", FMTTYPE=media_type)
    if entry.parent_uid:
        _add(event, "related-to", text.line(entry.parent_uid), RELTYPE="PARENT")


def _add(event: Event, name: str, value: str, **parameters: str) -> None:
    if value:
        event.add(name, vText(value), parameters=parameters)


def _add_uri(event: Event, name: str, address: str, **parameters: str) -> None:
    """A property of type URI; parameters without a value are left out."""
    given: dict[str, Any] = {key: clean for key, value in parameters.items() if (clean := text.parameter(value))}
    event.add(name, vUri(text.uri(address)), parameters={"VALUE": "URI", **given})
