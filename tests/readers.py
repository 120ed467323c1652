"""Reads calendar files as calendars do: three parsers that share no code, one list of plain values."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
import vobject

TESTS = Path(__file__).parent
ICALJS = TESTS / "vendor" / "ical.js"


class Seen(NamedTuple):
    """What a calendar shows of one VEVENT: instants in UTC, or days."""

    uid: str
    start: datetime | date
    end: datetime | date
    summary: str
    status: str
    location: str
    sequence: int


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
        )
        for event in calendar.contents.get("vevent", [])
    ]


def read_with_icaljs(data: bytes, path: Path = ICALJS) -> list[Seen]:
    """As Thunderbird and Nextcloud read it; times by the VTIMEZONEs of the file. Skips without node or ical.js.

    ``path`` is ical.js as one CommonJS file. AssertionError with its message when it refuses the file.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: ical.js cannot read")
    if not path.exists():
        pytest.skip(f"{path.name} is missing: ical.js cannot read")
    script = TESTS / "readers_icaljs.mjs"
    command = [node, str(script), str(path.absolute())]
    run = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return [
        Seen(**{**row, "start": _from_json(row["start"]), "end": _from_json(row["end"])})
        for row in json.loads(run.stdout)
    ]


READERS: tuple[Callable[[bytes], list[Seen]], ...] = (read_with_icalendar, read_with_vobject, read_with_icaljs)


def read_by_all(data: bytes) -> list[Seen]:
    """What every reader sees; AssertionError when two of them differ."""
    first, *others = (read(data) for read in READERS)
    for reader, other in zip(READERS[1:], others, strict=True):
        assert other == first, f"{reader.__name__} reads something else"
    return first


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
