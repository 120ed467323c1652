"""Who is a peer of whom, how far away, and what a cluster says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from app.profiles.errors import CountedTwice

EARTH = 6371.0088  # km, the mean radius (IUGG)
MEMBER_SIZES = ("small_companies", "large_companies", "research_bodies", "other_members")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Degrees north and east."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Somebody elsewhere with something in common. ``distance`` in km as the crow flies, None without a pin."""

    organisation_id: int
    name: str
    country_code: str
    distance: float | None
    sectors: frozenset[str] = field(default_factory=frozenset)
    groups: frozenset[int] = field(default_factory=frozenset)
    types: frozenset[str] = field(default_factory=frozenset)


def distance(one: Place, other: Place) -> float:
    """Kilometres along the great circle (haversine)."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    chord = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(chord, 1.0)))


def nearest_first(peers: Iterable[Peer]) -> list[Peer]:
    """The nearest first; those whose place is not known come last, by name."""
    return sorted(peers, key=lambda peer: (peer.distance is None, peer.distance or 0.0, peer.name.casefold()))


def by_country(peers: Iterable[Peer]) -> dict[str, int]:
    """How many peers each country has, in the order of the nearest one."""
    counted: dict[str, int] = {}
    for peer in nearest_first(peers):
        counted[peer.country_code] = counted.get(peer.country_code, 0) + 1
    return counted


def by_type(peers: Iterable[Peer], order: Iterable[str]) -> dict[str, int]:
    """How many peers are of each type, in this order; one of two types is counted at both."""
    known = list(peers)
    counted = {kind: sum(kind in peer.types for peer in known) for kind in order}
    return {kind: count for kind, count in counted.items() if count}


def check_members(*, committed: int | None, parts: Iterable[int | None]) -> None:
    """Refuse parts that add up to more than the whole; raises CountedTwice. What is not given is not counted."""
    if committed is not None and sum(part or 0 for part in parts) > committed:
        raise CountedTwice(field="committed_members")
