"""Where a practice is done, as a pin: an exact one if it was given, else the middle of the town or region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.map_pins import OutlineMap, outline, pin
from app.practices.models import Practice
from app.practices.queries.finding import pins_around


@dataclass(frozen=True, slots=True)
class PlaceMap:
    map: OutlineMap
    is_exact: bool
    degrees: str  # what one types into a map, of an exact pin


def map_of(practice: Practice, words: str) -> PlaceMap | None:
    """None where only the country is known: its middle would say something wrong.

    The middle of a town or region is that of the organisations of the network in it.
    """
    if practice.latitude is not None and practice.longitude is not None:
        degrees = f"{practice.latitude:.5f}, {practice.longitude:.5f}"
        return PlaceMap(_map(practice, practice.latitude, practice.longitude, words), True, degrees)
    around = pins_around(practice.country_code, practice.region_code, practice.city)
    if not around:
        return None
    north, east = _middle([one[0] for one in around]), _middle([one[1] for one in around])
    return PlaceMap(_map(practice, north, east, words), False, "")


def _map(practice: Practice, latitude: float, longitude: float, words: str) -> OutlineMap:
    return outline([pin(latitude, longitude, label=words)], countries=[practice.country_code])


def _middle(degrees: Sequence[float]) -> float:
    return (min(degrees) + max(degrees)) / 2
