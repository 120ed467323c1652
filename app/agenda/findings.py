"""What was found at an event and may become something further up: a note of a café, a finding of a peer review.

Rooms that keep such notes register how they are read; rooms that make something of them register a way there. Neither
knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A note without a name. ``kind`` and ``id`` make its reference; ``about`` says where it was found, in words."""

    kind: str
    id: int
    event_id: int
    text: str
    about: str = ""

    @property
    def reference(self) -> str:
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True)
class WayOn:
    """Where a finding is made into something; the address ends with its reference."""

    url: str
    words: str


ReadFindings = Callable[[Collection[int]], list[Finding]]
WaysOn = Callable[[int], list[WayOn]]
_readers: dict[str, ReadFindings] = {}
_ways: list[WaysOn] = []


def register_findings(kind: str, read: ReadFindings) -> None:
    """``read(event_ids)`` gives the findings of that kind at these events."""
    _readers[kind] = read


def register_way_on(ways: WaysOn) -> WaysOn:
    """``ways(event_id)`` gives what whoever looks at the page may make of a finding of that event."""
    if ways not in _ways:
        _ways.append(ways)
    return ways


def findings_at(event_ids: Collection[int]) -> list[Finding]:
    """Everything that was found at these events, kind by kind."""
    return [one for read in _readers.values() for one in read(event_ids)] if event_ids else []


def ways_on(event_id: int) -> list[WayOn]:
    return [way for ways in _ways for way in ways(event_id)]
