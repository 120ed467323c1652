"""How far it is and how long it may take, as a first guess: no roads are known here."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from app.agenda.rules import TravelMode

EARTH_KM = 6371.0088  # mean radius (IUGG)
# ways are longer than the straight line; about 1.3 on European roads, less by rail, on water and in the air
DETOUR = {
    TravelMode.COACH: 1.3,
    TravelMode.CAR: 1.3,
    TravelMode.TRAIN: 1.2,
    TravelMode.FOOT: 1.25,
    TravelMode.SHIP: 1.15,
    TravelMode.PLANE: 1.05,
}
# kilometres an hour from door to door, and minutes to get in and out
SPEED = {
    TravelMode.COACH: (55, 10),
    TravelMode.CAR: (60, 5),
    TravelMode.TRAIN: (75, 15),
    TravelMode.FOOT: (4.5, 0),
    TravelMode.SHIP: (25, 20),
    TravelMode.PLANE: (650, 120),
}
ROUND_TO = 5

Place = tuple[float, float]  # degrees north and east


@dataclass(frozen=True, slots=True)
class Estimate:
    """``factor``: by how much the straight line was lengthened."""

    kilometres: int
    minutes: int
    factor: float


def straight_kilometres(here: Place, there: Place) -> float:
    """The great circle between two places (haversine formula)."""
    (lat, lon), (to_lat, to_lon) = (tuple(map(radians, place)) for place in (here, there))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def estimate(here: Place, there: Place, mode: TravelMode) -> Estimate:
    """Kilometres and minutes by a means of travel, the minutes rounded up to five; to suggest, never to write."""
    factor = DETOUR[mode]
    kilometres = straight_kilometres(here, there) * factor
    speed, extra = SPEED[mode]
    minutes = kilometres / speed * 60 + extra
    return Estimate(
        kilometres=max(1, round(kilometres)),
        minutes=max(ROUND_TO, -(-int(minutes) // ROUND_TO) * ROUND_TO),
        factor=factor,
    )
