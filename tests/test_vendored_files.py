"""What others made stands here as it was fetched, and what pages ask of it is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.kernel.map_projection import VIEW_BOX, frame, project
from scripts import vendor

ICONS = set(re.findall(r'<symbol id="([^"]+)"', (vendor.ROOT / "static/icons.svg").read_text()))


def test_vendored_files_are_as_locked() -> None:
    assert vendor.check() == []


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    for entry in vendor.locked().values():
        for target in entry["files"]:
            (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / target).write_bytes((vendor.ROOT / target).read_bytes())
    with (tmp_path / "static/icons.svg").open("a") as file:
        file.write(" ")
    assert vendor.check(tmp_path) == ["lucide-static@1.62.0: static/icons.svg was changed"]


def test_every_package_comes_with_its_licence() -> None:
    without = [
        package
        for package, entry in vendor.locked().items()
        if not any("LICENSE" in target for target in entry["files"])
    ]
    assert without == []


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    asked = {
        (path.name, name)
        for path in (vendor.ROOT / "templates").rglob("*.html")
        for name in re.findall(r'\bicon\("([a-z0-9-]+)"', path.read_text())
    }
    assert {(page, name) for page, name in asked if name not in ICONS} == set()


def test_styles_name_only_files_that_are_there() -> None:
    styles = vendor.ROOT / "static/css/filo.css"
    named = re.findall(r'url\("([^"]+)"\)', styles.read_text())
    assert named
    assert [name for name in named if not (styles.parent / name).exists()] == []


@pytest.mark.parametrize(
    ("place", "lat", "lon"),
    [("Lisbon", 38.7, -9.2), ("North Cape", 71.2, 25.8), ("Cyprus", 35.0, 33.3), ("Rovereto", 45.9, 11.0)],
)
def test_the_outline_shows_the_whole_of_the_union(place: str, lat: float, lon: float) -> None:
    x, y = project(lat, lon)
    assert 0 < x < VIEW_BOX[2], place
    assert 0 < y < VIEW_BOX[3], place


def test_a_frame_holds_its_points_and_stays_on_the_map() -> None:
    points = [project(45.9, 11.0), project(46.05, 14.5)]
    left, top, width, height = frame(points)
    assert all(left < x < left + width and top < y < top + height for x, y in points)
    assert frame([]) == VIEW_BOX
    assert frame([(5.0, 5.0)])[:2] == (0.0, 0.0)


def test_the_drawing_and_the_macro_have_the_frame_of_the_projection() -> None:
    box = " ".join(f"{number:g}" for number in VIEW_BOX)
    assert f'viewBox="{box}"' in (vendor.ROOT / "static/map/europe.svg").read_text()
    assert f"frame=({box.replace(' ', ', ')})" in (vendor.ROOT / "templates/macros/map.html").read_text()
