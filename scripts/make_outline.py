"""Draw ``static/map/europe.svg``: the countries of Europe as one small file, for maps that need no network.

The borders are Natural Earth's (public domain) as packed by world-atlas, fetched and checked as ``vendor.py`` does.
Lines are projected by ``app.kernel.map_projection``, cut at its frame, thinned out once per shared border (so that
neighbours still meet) and rounded. Every country is a path whose id is its two-letter code.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.kernel.map_projection import VIEW_BOX, project
from scripts import vendor

PACKAGE = "world-atlas@2.0.2"
TARGET = vendor.ROOT / "static" / "map" / "europe.svg"
TOLERANCE = 0.5
SMALLEST_AREA = 3.0
MARGIN = 30.0
# ISO 3166-1: numeric, as the data has it, to the letters that the rest of the program uses
COUNTRIES = dict(
    re.findall(
        r"(\d{3}):([A-Z]{2})",
        "008:AL 020:AD 040:AT 112:BY 056:BE 070:BA 100:BG 191:HR 196:CY 203:CZ 208:DK 233:EE 246:FI 250:FR 276:DE "
        "300:GR 348:HU 372:IE 380:IT 428:LV 438:LI 440:LT 442:LU 470:MT 498:MD 492:MC 499:ME 528:NL 807:MK 578:NO "
        "616:PL 620:PT 642:RO 643:RU 674:SM 688:RS 703:SK 705:SI 724:ES 752:SE 756:CH 792:TR 804:UA 826:GB 352:IS "
        "012:DZ 788:TN 504:MA 434:LY 818:EG 760:SY 422:LB 376:IL 400:JO 275:PS 833:IM 832:JE 831:GG 248:AX 234:FO",
    )
)
ALWAYS_SHOWN = frozenset({"MT", "LI", "SM", "MC", "AD", "LU"})

Point = tuple[float, float]
Line = list[Point]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        archive, _ = vendor.open_package(PACKAGE, Path(folder))
        with archive:
            atlas = json.loads(vendor.read(archive, "countries-50m.json"))
    paths = [f'<path id="{code}" d="{data}"/>' for code, data in sorted(_countries(atlas).items()) if data]
    box = " ".join(f"{number:g}" for number in VIEW_BOX)
    TARGET.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><g id="europe">\n'
        + "\n".join(paths)
        + "\n</g></svg>\n"
    )
    print(f"{TARGET.relative_to(vendor.ROOT)}: {len(paths)} countries, {TARGET.stat().st_size // 1024} kB")
    return 0


def _countries(atlas: dict[str, Any]) -> dict[str, str]:
    arcs = [_thinned([project(lat, lon) for lon, lat in _degrees(arc, atlas["transform"])]) for arc in atlas["arcs"]]
    drawn: dict[str, str] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = COUNTRIES.get(geometry.get("id", "")) or ("XK" if geometry["properties"]["name"] == "Kosovo" else None)
        if code:
            drawn[code] = drawn.get(code, "") + "".join(_outline(ring, code) for ring in _rings(geometry, arcs))
    return drawn


def _degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    """Undo the quantised differences of TopoJSON: longitude, latitude."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        line.append((x * kx + dx, y * ky + dy))
    return line


def _rings(geometry: dict[str, Any], arcs: list[Line]) -> list[Line]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [_joined(ring, arcs) for polygon in polygons for ring in polygon]


def _joined(ring: list[int], arcs: list[Line]) -> Line:
    points: Line = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc if not points else arc[1:])
    return points


def _thinned(line: Line) -> Line:
    """Leave out points that are nearer than TOLERANCE to the line without them (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    if first == last:  # an island: cut it at its farthest point, or nothing would be left
        middle = max(range(len(line)), key=lambda i: _apart(line[i], first))
        return _thinned(line[: middle + 1])[:-1] + _thinned(line[middle:]) if 0 < middle < len(line) - 1 else line
    farthest = max(range(1, len(line) - 1), key=lambda i: _off(line[i], first, last))
    if _off(line[farthest], first, last) <= TOLERANCE:
        return [first, last]
    return _thinned(line[: farthest + 1])[:-1] + _thinned(line[farthest:])


def _apart(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _off(point: Point, start: Point, end: Point) -> float:
    length = _apart(start, end)
    if length == 0:
        return _apart(point, start)
    cross = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
    return abs(cross) / length


def _cut(ring: Line) -> Line:
    """The part inside the frame and a margin (Sutherland and Hodgman)."""
    for axis, limit, keeps_more in (
        (0, -MARGIN, True),
        (0, VIEW_BOX[2] + MARGIN, False),
        (1, -MARGIN, True),
        (1, VIEW_BOX[3] + MARGIN, False),
    ):
        kept: Line = []
        for before, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            inside = (point[axis] >= limit) == keeps_more
            if inside != ((before[axis] >= limit) == keeps_more):
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def _outline(ring: Line, code: str) -> str:
    points = _cut(ring)
    if len(points) < 3 or (_area(points) < SMALLEST_AREA and code not in ALWAYS_SHOWN):
        return ""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [(x - px, y - py) for (px, py), (x, y) in pairwise(whole)]
    moves = "".join(f"{dx} {dy}," for dx, dy in steps if dx or dy).rstrip(",").replace(" -", "-").replace(",-", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{moves}z" if moves else ""


def _area(ring: Line) -> float:
    return abs(sum(x * ny - nx * y for (x, y), (nx, ny) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


if __name__ == "__main__":
    sys.exit(main())
