"""Reads from the bytes of a VEVENT what filters ask about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple


class Entry(NamedTuple):
    """One entry of a collection: instants are of its event; ``body`` is the VEVENT."""

    uid: str
    zones: str
    body: bytes
    starts_at: datetime
    ends_at: datetime


def overlaps(entry: Entry, start: datetime | None, end: datetime | None) -> bool:
    """RFC 4791, 9.9. Whole days float: they are read as days of UTC."""
    begins, ends = _span(entry)
    return (end is None or begins < end) and (start is None or ends > start)


def values(body: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Parameters and value of every property of a name, in the VEVENT itself and not in its alarms."""
    wanted = name.upper()
    is_inside_alarm = False
    for line in _lines(body):
        if line in {"BEGIN:VALARM", "END:VALARM"}:
            is_inside_alarm = line.startswith("BEGIN")
        head, value = _split(line)
        found, _semicolon, parameters = head.partition(";")
        if found.upper() == wanted and not is_inside_alarm:
            yield parameters, value


def is_busy(body: bytes) -> bool:
    """Whether an entry makes its owner busy."""
    return b"\r\nTRANSP:OPAQUE\r\n" in body and b"\r\nSTATUS:CANCELLED\r\n" not in body


def _span(entry: Entry) -> tuple[datetime, datetime]:
    if b"\r\nDTSTART;VALUE=DATE:" not in entry.body:
        return entry.starts_at, entry.ends_at
    first, after = (next(values(entry.body, name), ("", ""))[1] for name in ("DTSTART", "DTEND"))
    begins = _day(first)
    return begins, _day(after) if after else begins + timedelta(days=1)


def _day(text: str) -> datetime:
    return datetime.combine(datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date(), time(), UTC)


@lru_cache(maxsize=256)
def _lines(body: bytes) -> tuple[str, ...]:
    return tuple(body.replace(b"\r\n ", b"").decode().split("\r\n"))


def _split(line: str) -> tuple[str, str]:
    """The head of a line and its value: a colon inside quotes is not the one between them."""
    is_quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            is_quoted = not is_quoted
        elif sign == ":" and not is_quoted:
            return line[:place], line[place + 1 :]
    return line, ""
