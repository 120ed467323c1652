"""libical, the parser of Evolution and KDE, by its C interface; times by the VTIMEZONEs of the file."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any


class _Time(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        *((name, ctypes.c_int) for name in ("is_date", "is_daylight")),
        ("zone", ctypes.c_void_p),
    )


@cache
def libical() -> ctypes.CDLL | None:
    """The library, where it is installed; the third generation, whose interface is stable."""
    try:
        library = ctypes.CDLL("libical.so.3")
    except OSError:
        return None
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    for name, result, *arguments in (
        ("icalparser_parse_string", pointer, text),
        ("icalcomponent_string_to_kind", ctypes.c_int, text),
        ("icalcomponent_get_first_component", pointer, pointer, ctypes.c_int),
        ("icalcomponent_get_next_component", pointer, pointer, ctypes.c_int),
        ("icalproperty_string_to_kind", ctypes.c_int, text),
        ("icalcomponent_get_first_property", pointer, pointer, ctypes.c_int),
        ("icalcomponent_get_next_property", pointer, pointer, ctypes.c_int),
        ("icalproperty_get_value", pointer, pointer),
        ("icalvalue_get_text", text, pointer),
        ("icalproperty_get_value_as_string", text, pointer),
        ("icalcomponent_get_dtstart", _Time, pointer),
        ("icalcomponent_get_dtend", _Time, pointer),
        ("icalcomponent_get_sequence", ctypes.c_int, pointer),
        ("icaltime_as_timet_with_zone", ctypes.c_long, _Time, pointer),
        ("icaltime_is_utc", ctypes.c_int, _Time),
        ("icaltimezone_get_utc_timezone", pointer),
        ("icalcomponent_free", None, pointer),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def events(data: bytes) -> Iterator[dict[str, Any]]:
    """Each VEVENT as plain values; raises ValueError for what libical refuses or finds faulty."""
    library = libical()
    assert library is not None
    calendar = library.icalparser_parse_string(data)
    if not calendar:
        raise ValueError("libical refuses the file")
    try:
        _refuse_faults(library, calendar)
        for event in _components(library, calendar, b"VEVENT"):
            _refuse_faults(library, event)
            yield _plain(library, event)
    finally:
        library.icalcomponent_free(calendar)


def _plain(library: ctypes.CDLL, event: int) -> dict[str, Any]:
    def text(name: bytes) -> str:
        return next(iter(_texts(library, event, name)), "")

    status = next((library.icalproperty_get_value_as_string(p) for p in _properties(library, event, b"STATUS")), b"")
    return {
        "uid": text(b"UID"),
        "start": _moment(library, library.icalcomponent_get_dtstart(event)),
        "end": _moment(library, library.icalcomponent_get_dtend(event)),
        "summary": text(b"SUMMARY"),
        "status": status.decode(),
        "location": text(b"LOCATION"),
        "sequence": library.icalcomponent_get_sequence(event),
        "description": text(b"DESCRIPTION"),
        "categories": tuple(_texts(library, event, b"CATEGORIES")),
    }


def _moment(library: ctypes.CDLL, time: _Time) -> datetime | date:
    if time.is_date:
        return date(time.year, time.month, time.day)
    zone = time.zone or (library.icaltimezone_get_utc_timezone() if library.icaltime_is_utc(time) else None)
    if zone is None:
        raise ValueError("a time without a zone that the file describes")
    return datetime.fromtimestamp(library.icaltime_as_timet_with_zone(time, zone), UTC)


def _texts(library: ctypes.CDLL, component: int, name: bytes) -> Iterator[str]:
    for found in _properties(library, component, name):
        yield library.icalvalue_get_text(library.icalproperty_get_value(found)).decode()


def _refuse_faults(library: ctypes.CDLL, component: int) -> None:
    for fault in _properties(library, component, b"X-LIC-ERROR"):
        raise ValueError(library.icalproperty_get_value_as_string(fault).decode())


def _components(library: ctypes.CDLL, parent: int, name: bytes) -> Iterator[int]:
    kind = library.icalcomponent_string_to_kind(name)
    found = library.icalcomponent_get_first_component(parent, kind)
    while found:
        yield found
        found = library.icalcomponent_get_next_component(parent, kind)


def _properties(library: ctypes.CDLL, component: int, name: bytes) -> Iterator[int]:
    kind = library.icalproperty_string_to_kind(name)
    found = library.icalcomponent_get_first_property(component, kind)
    while found:
        yield found
        found = library.icalcomponent_get_next_property(component, kind)
