"""Reads calendar files as calendars do: five parsers that share no code, one list of plain values."""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
import vobject

from tests import readers_libical

TESTS = Path(__file__).parent
ICALJS = TESTS / "vendor" / "ical.js"


class Seen(NamedTuple):
    """What a calendar shows of one VEVENT: instants in UTC, or days.

    Categories have no order: one of the parsers keeps none.
    """

    uid: str
    start: datetime | date
    end: datetime | date
    summary: str
    status: str
    location: str
    sequence: int
    description: str
    categories: frozenset[str]


def read_with_icalendar(data: bytes) -> list[Seen]:
    """Known zones are taken from the system: a wrong VTIMEZONE does not show here."""
    return [
        Seen(
            str(event["uid"]),
            _moment(event["dtstart"].dt),
            _moment(event["dtend"].dt),
            str(event.get("summary", "")),
            str(event.get("status", "")),
            str(event.get("location", "")),
            int(event.get("sequence", 0)),
            str(event.get("description", "")),
            frozenset(map(str, event.categories)),
        )
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    ]


def read_with_vobject(data: bytes) -> list[Seen]:
    """Times by the VTIMEZONEs of the file: zones that vobject remembers from earlier files are forgotten first."""
    vars(vobject.icalendar)["__tzidMap"].clear()
    vobject.icalendar.registerTzid("UTC", UTC)
    calendar = vobject.readOne(data.decode("utf-8"))
    return [
        Seen(
            event.uid.value,
            _moment(event.dtstart.value),
            _moment(event.dtend.value),
            _value(event, "summary"),
            _value(event, "status"),
            _value(event, "location"),
            int(_value(event, "sequence") or 0),
            _value(event, "description"),
            frozenset(name for line in event.contents.get("categories", []) for name in line.value),
        )
        for event in calendar.contents.get("vevent", [])
    ]


def read_with_icaljs(data: bytes) -> list[Seen]:
    """As Thunderbird and Nextcloud read it; times by the VTIMEZONEs of the file. Skips without node.

    AssertionError with its message when ical.js refuses the file.
    """
    process = _icaljs()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(data.decode()) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    assert "refused" not in answer, answer["refused"]
    return [
        Seen(
            **{
                **row,
                "start": _from_json(row["start"]),
                "end": _from_json(row["end"]),
                "categories": frozenset(row["categories"]),
            }
        )
        for row in answer["events"]
    ]


def read_with_libical(data: bytes) -> list[Seen]:
    """As Evolution and KDE read it; times by the VTIMEZONEs of the file. Skips without libical."""
    if readers_libical.libical() is None:
        pytest.skip("libical is not installed")
    return [Seen(**{**row, "categories": frozenset(row["categories"])}) for row in readers_libical.events(data)]


def read_with_ics(data: bytes) -> list[Seen]:
    """Times by the VTIMEZONEs of the file. This parser knows no SEQUENCE: it is read from the line that it leaves."""
    ics = pytest.importorskip("ics")
    return [_seen_by_ics(event) for event in _in_order(ics.Calendar(data.decode()).events, data)]


def _seen_by_ics(event: Any) -> Seen:
    begin, end = (
        moment.date() if event.all_day else moment.datetime.astimezone(UTC) for moment in (event.begin, event.end)
    )
    left = {line.name: line.value for line in event.extra}
    return Seen(
        event.uid,
        begin,
        end,
        event.name or "",
        event.status or "",
        event.location or "",
        int(left.get("SEQUENCE", 0)),
        event.description or "",
        frozenset(event.categories),
    )


def _in_order(events: Iterable[Any], data: bytes) -> list[Any]:
    """As in the file: this parser keeps a set."""
    text = data.decode().replace("\r\n ", "")
    return sorted(events, key=lambda event: text.index(f"\r\nUID:{event.uid}\r\n"))


Reader = Callable[[bytes], list[Seen]]
ALL_READERS: tuple[Reader, ...] = (
    read_with_icalendar,
    read_with_vobject,
    read_with_icaljs,
    read_with_libical,
    read_with_ics,
)


@cache
def readers_here() -> tuple[Reader, ...]:
    """Those that are installed; a test that needs all of them is marked ``readers``."""
    absent = {
        read_with_icaljs: shutil.which("node") is None,
        read_with_libical: readers_libical.libical() is None,
        read_with_ics: find_spec("ics") is None,
    }
    return tuple(read for read in ALL_READERS if not absent.get(read))


def read_by_all(data: bytes) -> list[Seen]:
    """What every reader on this machine sees; AssertionError when two of them differ."""
    first, *others = readers_here()
    seen = first(data)
    for read in others:
        assert read(data) == seen, f"{read.__name__} reads something else"
    return seen


@cache
def _icaljs() -> subprocess.Popen[str]:
    """node, started once for all files of a run."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: ical.js cannot read")
    process = subprocess.Popen(
        [node, str(TESTS / "readers_icaljs.mjs"), str(ICALJS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    atexit.register(process.kill)
    return process


def _moment(value: datetime | date) -> datetime | date:
    if not isinstance(value, datetime):
        return value
    assert value.utcoffset() is not None, "a time without a zone"
    return value.astimezone(UTC)


def _from_json(value: float | str) -> datetime | date:
    return date.fromisoformat(value) if isinstance(value, str) else datetime.fromtimestamp(value, UTC)


def _value(component: Any, name: str) -> str:
    lines = component.contents.get(name)
    return str(lines[0].value) if lines else ""
