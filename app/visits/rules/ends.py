"""Where legs begin and end once two stops have changed places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """A leg between two places; one meets for it where it departs."""

    id: int
    departs_from: str
    arrives_at: str
    meeting_point: str | None = None


def turned(before: Ends | None, between: Sequence[Ends], after: Ends | None) -> list[Ends]:
    """The legs whose ends are others now: each stop takes along how the legs call it, and where one meets there.

    ``before`` leads to the first of the two stops, ``after`` away from the second. Nothing changes where no leg names
    one of them, or where a leg would lead to where it begins.
    """
    first = _Place.of(before, between[0] if between else None)
    second = _Place.of(between[-1] if between else None, after)
    if first is None or second is None:
        return []
    legs = {one.id: one for one in (before, *between, after) if one}
    found = dict(legs)
    if before:
        found[before.id] = replace(found[before.id], arrives_at=second.arrival)
    if between:
        found[between[0].id] = second.left_by(found[between[0].id])
        found[between[-1].id] = replace(found[between[-1].id], arrives_at=first.arrival)
    if after:
        found[after.id] = first.left_by(found[after.id])
    changed = [one for one in found.values() if one != legs[one.id]]
    return [] if any(_same(one.departs_from, one.arrives_at) for one in changed) else changed


def is_other_way(was: Ends, now: Ends) -> bool:
    """Whether a leg joins other places than before, so that its kilometres no longer hold; back is no other way."""
    return {was.departs_from, was.arrives_at} != {now.departs_from, now.arrives_at}


def renamed(title: Mapping[str, str], was: Ends, now: Ends) -> dict[str, str]:
    """A title that names an end of its leg names the new one."""
    names = {was.departs_from: now.departs_from, was.arrives_at: now.arrives_at}
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True) if name)
    return {lang: re.sub(pattern, lambda found: names[found[0]], text) for lang, text in title.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """How the legs call a stop: the one that arrives there, and the one that departs."""

    arrival: str
    departure: str
    meeting_point: str | None

    @classmethod
    def of(cls, to: Ends | None, away: Ends | None) -> _Place | None:
        arrival, departure = to.arrives_at if to else "", away.departs_from if away else ""
        if not (arrival or departure):
            return None
        return cls(
            arrival=arrival or departure,
            departure=departure or arrival,
            meeting_point=away.meeting_point if away else None,
        )

    def left_by(self, leg: Ends) -> Ends:
        return replace(leg, departs_from=self.departure, meeting_point=self.meeting_point)


def _same(one: str, other: str) -> bool:
    return bool(one) and one.strip().casefold() == other.strip().casefold()
