"""VTIMEZONE from the rule that a zone follows now.

The rule is the POSIX footer of the zone's TZif file, read from the pinned ``tzdata`` package, so that the
bytes are the same on every machine. Instants for which the rule does not hold (New York in 2006, Istanbul
when it still changed its clocks) must be written in UTC; :func:`is_ruled` tells.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from app.calendars.posix import Season, seasons
from app.kernel.dates import UnknownZone

FIRST_YEAR = 2007
"""The first full year that a VTIMEZONE describes: its onsets start in the year before."""

_LONG_AGO = datetime.fromisoformat("1970-01-01")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")


@cache
def zone(name: str) -> ZoneInfo:
    """The zone with its whole history, from the pinned data; raises UnknownZone."""
    return ZoneInfo.from_file(BytesIO(_tzif(name)), key=name)


def is_ruled(name: str, instant: datetime) -> bool:
    """Whether the time on the zone's clocks, read by its VTIMEZONE, means just this instant.

    It does not before FIRST_YEAR, nor where the zone once followed another rule, nor in an hour that
    happens twice.
    """
    local = instant.astimezone(zone(name))
    ruled = local.replace(tzinfo=_ruled_zone(name))
    passes = {ruled.replace(fold=fold).utcoffset() for fold in (0, 1)}
    return local.year >= FIRST_YEAR and passes == {local.utcoffset()}


@cache
def vtimezone(name: str) -> bytes:
    """The VTIMEZONE of a zone, with RRULEs where it changes its clocks; raises UnknownZone."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *_observances(seasons(_footer(name))), "END:VTIMEZONE"]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _observances(of_year: tuple[Season, ...]) -> Iterator[str]:
    # Ireland's law calls the summer "standard"; calendars take the offset further east for DAYLIGHT.
    eastward = sorted(of_year, key=lambda season: season.offset, reverse=True)
    winter = eastward[-1]
    for season, before in zip(eastward, reversed(eastward), strict=True):
        kind = "STANDARD" if season is winter else "DAYLIGHT"
        if season.begins is None:
            yield from _observance(kind, season, season.offset, _LONG_AGO)
            continue
        for month, rrule in season.begins.rrules():
            first = season.begins.first(month, FIRST_YEAR - 1)
            yield from _observance(kind, season, before.offset, first, f"RRULE:{rrule}")


def _observance(kind: str, season: Season, before: timedelta, first: datetime, *rrule: str) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{first:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(season.offset)}",
        *rrule,
        f"TZNAME:{season.name}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


@cache
def _tzif(name: str) -> bytes:
    if not _SAFE_NAME.fullmatch(name):
        raise UnknownZone(zone=name)
    try:
        data = (files("tzdata") / "zoneinfo" / name).read_bytes()
    except OSError as error:
        raise UnknownZone(zone=name) from error
    if not data.startswith(b"TZif"):
        raise UnknownZone(zone=name)
    return data


def _footer(name: str) -> str:
    return _tzif(name).rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


@cache
def _ruled_zone(name: str) -> ZoneInfo:
    """The zone as if it had always followed its present rule: a TZif file of nothing but the footer."""
    header = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    block = header + struct.pack(">lBB4s", 0, 0, 0, b"UTC\0")
    return ZoneInfo.from_file(BytesIO(block + block + f"\n{_footer(name)}\n".encode("ascii")), key=name)
