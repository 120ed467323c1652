"""What differs between two states of an agenda, as plain values that a release keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from app.agenda.frozen import Frozen
from app.agenda.rules import Span

_PLACE = ("day", "start", "end", "zone", "room", "track")


class Difference(StrEnum):
    NEW = "new"
    OFF = "off"
    MOVED = "moved"
    CHANGED = "changed"


class Field(StrEnum):
    """What of an item besides its time and place can be another."""

    KIND = "kind"
    TITLE = "title"
    ABSTRACT = "abstract"
    AUDIENCE = "audience"
    CAPACITY = "capacity"
    PERSONS = "persons"
    STOP = "stop"
    LEG = "leg"


def differences(before: Iterable[Frozen], after: Iterable[Frozen], span: Span) -> list[dict[str, Any]]:
    """In the order of the later agenda, then what is off. Items need ``uid``, and ``where``: the words of a place."""
    stood = {item["uid"]: item for item in before}
    stands = {item["uid"]: item for item in after}
    found = [made for uid, item in stands.items() if (made := _difference(stood.get(uid), item, span))]
    gone = (item for uid, item in stood.items() if uid not in stands)
    return found + [_told(Difference.OFF, item, before=place_of(item, span)) for item in gone]


def place_of(item: Frozen, span: Span) -> dict[str, Any]:
    """Day, time and place of an item; ``on`` is a date where the event's days are known."""
    on = span.first_day + timedelta(days=item["day"]) if span.first_day else None
    return {
        "on": on.isoformat() if on else None,
        "day": item["day"],
        "start": item["start"],
        "end": item["end"],
        "where": item["where"],
    }


def _difference(was: Frozen | None, item: Frozen, span: Span) -> dict[str, Any] | None:
    stands = place_of(item, span)
    if was is None:
        return _told(Difference.NEW, item, after=stands)
    fields = [str(name) for name in Field if was[name] != item[name]]
    if _placed(was) != _placed(item):
        return _told(Difference.MOVED, item, before=place_of(was, span), after=stands, fields=fields)
    if not fields:
        return None
    return _told(Difference.CHANGED, item, before=place_of(was, span), after=stands, fields=fields)


def _placed(item: Mapping[str, Any]) -> tuple[Any, ...]:
    venue = item["stop"]["venue_id"] if item["stop"] else None
    return (*(item[name] for name in _PLACE), venue)


def _told(
    what: Difference,
    item: Frozen,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    fields: Iterable[str] = (),
) -> dict[str, Any]:
    return {
        "uid": item["uid"],
        "what": str(what),
        "title": item["title"],
        "kind": item["kind"],
        "audience": item["audience"],
        "before": before,
        "after": after,
        "fields": list(fields),
    }
