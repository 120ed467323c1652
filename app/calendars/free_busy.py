"""Busy times without words: merged, and as VFREEBUSY (RFC 5545, 3.6.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from icalendar import Calendar, FreeBusy, Parameters, vPeriod

from app.calendars.calendar import plain_calendar


class BusyKind(StrEnum):
    """FBTYPE of RFC 5545, 3.2.9, the strongest last."""

    TENTATIVE = "BUSY-TENTATIVE"
    BUSY = "BUSY"
    UNAVAILABLE = "BUSY-UNAVAILABLE"


_STRENGTH = {kind: strength for strength, kind in enumerate(BusyKind)}


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """A half-open span of aware instants."""

    begins: datetime
    ends: datetime
    kind: BusyKind = BusyKind.BUSY


def merged(periods: Iterable[Busy], start: datetime, end: datetime) -> tuple[Busy, ...]:
    """The same time in as few periods as can be: cut to the span, in order, disjoint.

    Where several meet, the strongest says how busy it is. What has no length is left out.
    """
    edges: dict[datetime, list[tuple[int, int]]] = {}
    for period in periods:
        begins, ends = max(period.begins, start), min(period.ends, end)
        if begins < ends:
            edges.setdefault(begins, []).append((_STRENGTH[period.kind], 1))
            edges.setdefault(ends, []).append((_STRENGTH[period.kind], -1))
    open_now, found = [0] * len(_STRENGTH), []
    since, kind = start, None
    for moment in sorted(edges):
        for strength, step in edges[moment]:
            open_now[strength] += step
        becomes = next((each for each in reversed(BusyKind) if open_now[_STRENGTH[each]]), None)
        if becomes is not kind:
            if kind is not None:
                found.append(Busy(since, moment, kind))
            since, kind = moment, becomes
    return tuple(found)


def free_busy_file(
    periods: Iterable[Busy], *, uid: str, stamp: datetime, start: datetime, end: datetime, lang: str, url: str = ""
) -> bytes:
    """A calendar of one VFREEBUSY that tells of a span. ``stamp``: the last change of what it is made of."""
    file, part = plain_calendar(lang), FreeBusy()
    part.add("uid", uid)
    part.add("dtstamp", stamp.astimezone(UTC))
    part.add("dtstart", start.astimezone(UTC))
    part.add("dtend", end.astimezone(UTC))
    if url:
        part.add("url", url)
    for period in merged(periods, start, end):
        value = vPeriod((period.begins.astimezone(UTC), period.ends.astimezone(UTC)))
        value.params = Parameters(FBTYPE=period.kind.value)  # FREEBUSY takes no VALUE
        part.add("freebusy", value, encode=False)
    file.add_component(part)
    body: bytes = Calendar.to_ical(file)
    return body
