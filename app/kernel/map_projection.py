"""From coordinates to a point on the outline of Europe that ``static/map/europe.svg`` draws."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians, sin, sqrt

# Lambert's azimuthal equal-area projection about 52° N 10° E, as on the maps of European statistics (EPSG:3035),
# on a sphere: at this size the ellipsoid would move nothing by a whole unit.
CENTRE_LAT, CENTRE_LON = radians(52), radians(10)
UNITS_PER_RADIUS = 1600.0
LEFT, TOP = -455.0, -590.0
KM_PER_UNIT = 6371 / UNITS_PER_RADIUS

Frame = tuple[float, float, float, float]
VIEW_BOX: Frame = (0.0, 0.0, 1000.0, 1070.0)
SMALLEST_SIDE = 260.0


def project(lat: float, lon: float) -> tuple[float, float]:
    """The point, in units of VIEW_BOX, of a place in degrees; places far from Europe fall outside of it."""
    phi, away = radians(lat), radians(lon) - CENTRE_LON
    facing = 1 + sin(CENTRE_LAT) * sin(phi) + cos(CENTRE_LAT) * cos(phi) * cos(away)
    scale = UNITS_PER_RADIUS * sqrt(2 / max(facing, 1e-6))
    east = scale * cos(phi) * sin(away)
    north = scale * (cos(CENTRE_LAT) * sin(phi) - sin(CENTRE_LAT) * cos(phi) * cos(away))
    return round(east - LEFT, 2), round(-north - TOP, 2)


def frame(points: Iterable[tuple[float, float]], margin: float = 60.0, smallest: float = SMALLEST_SIDE) -> Frame:
    """The part of VIEW_BOX that shows the points (as ``project`` gives them) with air around; all of it for none."""
    inside = [(x, y) for x, y in points if 0 <= x <= VIEW_BOX[2] and 0 <= y <= VIEW_BOX[3]]
    if not inside:
        return VIEW_BOX
    left, width = _side([x for x, _ in inside], margin, smallest, VIEW_BOX[2])
    top, height = _side([y for _, y in inside], margin, smallest, VIEW_BOX[3])
    return left, top, width, height


def _side(values: list[float], margin: float, smallest: float, whole: float) -> tuple[float, float]:
    length = min(whole, max(max(values) - min(values) + 2 * margin, smallest))
    start = (max(values) + min(values) - length) / 2
    return round(min(max(start, 0.0), whole - length), 1), round(length, 1)
