"""Pins on the outline of Europe. Those that would hide each other stand round their place in a small ring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin

from app.kernel.map_projection import KM_PER_UNIT, Frame, frame, project

CLOSEST = 9.0  # units: some thirty-five kilometres
AROUND = 0.25  # of a close map: the air beside the pins, as a part of their distance
LENGTHS = (200, 100, 50, 20, 10, 5)  # of the scale, in km
PIN = 1 / 62  # a pin's radius as a part of the map's longer side, as templates/macros/map.html draws it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """``point`` in units of the outline; ``kind``: hue and shape. ``mark``, or a ``count`` above one, stands in it."""

    point: tuple[float, float]
    label: str
    url: str | None = None
    kind: str = ""
    count: int = 1
    mark: str = ""


@dataclass(frozen=True, slots=True)
class OutlineMap:
    """What the macro ``outline_map`` draws."""

    pins: list[Pin]
    frame: Frame
    countries: tuple[str, ...] = ()
    scale: tuple[int, float] | None = None  # a length in km, and in units


def pin(latitude: float, longitude: float, *, label: str, url: str | None = None, kind: str = "") -> Pin:
    return Pin(point=project(latitude, longitude), label=label, url=url, kind=kind)


def outline(pins: Iterable[Pin], *, countries: Iterable[str] = ()) -> OutlineMap:
    """The part of Europe that shows all pins, with none of them hidden."""
    listed = list(pins)
    part = frame(each.point for each in listed)
    return OutlineMap(spread(listed, max(part[2], part[3]) * PIN), part, tuple(countries))


def close_up(pins: Iterable[Pin]) -> OutlineMap:
    """The same as near as the pins allow, with a scale instead of countries."""
    listed = list(pins)
    points = [each.point for each in listed]
    apart = max((hypot(x - left, y - top) for x, y in points for left, top in points), default=0.0)
    part = frame(points, margin=max(CLOSEST / 4, AROUND * apart), smallest=CLOSEST)
    km = next((one for one in LENGTHS if one / KM_PER_UNIT <= part[2] / 3), LENGTHS[-1])
    drawn = spread(listed, max(part[2], part[3]) * PIN)
    return OutlineMap(drawn, part, scale=(km, round(km / KM_PER_UNIT, 2)))


def spread(pins: list[Pin], radius: float) -> list[Pin]:
    """Move pins that overlap on to a ring round their common place; the others stay where they are."""
    clusters: list[list[Pin]] = []
    for each in pins:
        near = next((cluster for cluster in clusters if _apart(cluster[0], each) < 2 * radius), None)
        if near is None:
            clusters.append([each])
        else:
            near.append(each)
    return [moved for cluster in clusters for moved in _ring(cluster, radius)]


def _apart(one: Pin, other: Pin) -> float:
    return hypot(one.point[0] - other.point[0], one.point[1] - other.point[1])


def _ring(cluster: list[Pin], radius: float) -> list[Pin]:
    if len(cluster) == 1:
        return cluster
    x = sum(each.point[0] for each in cluster) / len(cluster)
    y = sum(each.point[1] for each in cluster) / len(cluster)
    # neighbours on the ring are at least two and a half radii apart
    away = 1.25 * radius / sin(pi / len(cluster))
    angles = [2 * pi * place / len(cluster) - pi / 2 for place in range(len(cluster))]
    return [
        replace(each, point=(round(x + away * cos(angle), 2), round(y + away * sin(angle), 2)))
        for each, angle in zip(cluster, angles, strict=True)
    ]
