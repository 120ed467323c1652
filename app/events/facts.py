from __future__ import annotations

from dataclasses import dataclass

from app.events.rules import Part, Status
from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCreated(Fact):
    """``with_agenda``: a copy takes its agenda over; what is not a copy begins with the one its kind proposes.

    ``parts``: what else a copy takes over; each room answers with its own. ``is_regional``: it follows its template.
    """

    event_id: int
    copied_from: int | None = None
    with_agenda: bool = False
    parts: frozenset[Part] = frozenset()
    is_regional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChanged(Fact):
    """``tells_participants``: date, place or time moved, or a step was taken that concerns them."""

    event_id: int
    tells_participants: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChanged(Fact):
    """A series is called otherwise, or is meant for other regions."""

    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStepTaken(Fact):
    event_id: int
    before: Status
    after: Status
