from __future__ import annotations

from math import hypot

import pytest

from app.kernel.map_pins import PIN, close_up, outline, pin


@pytest.mark.parametrize("count", [2, 3, 7])
def test_b27_pins_at_one_address_do_not_hide_each_other(count: int) -> None:
    drawn = outline([pin(45.886, 11.021, label=f"Partner {number}") for number in range(count)])
    radius = max(drawn.frame[2:]) * PIN
    points = [each.point for each in drawn.pins]
    apart = [hypot(a[0] - b[0], a[1] - b[1]) for place, a in enumerate(points) for b in points[place + 1 :]]
    assert len(set(points)) == count
    assert min(apart) > 2 * radius


def test_a_pin_alone_stands_where_it_is() -> None:
    there = pin(46.243, 14.360, label="Kranj")
    assert outline([there]).pins == [there]


def test_without_pins_the_whole_outline_is_shown() -> None:
    assert outline([]).frame == (0.0, 0.0, 1000.0, 1070.0)


def test_a_close_map_shows_a_visit_of_two_towns_as_near_as_they_are_apart() -> None:
    """Rovereto and Povo, twenty kilometres: they stand where they are, and the scale is shorter than the map."""
    stops = [pin(45.886, 11.021, label="Rovereto"), pin(46.065, 11.153, label="Povo")]
    drawn = close_up(stops)
    assert drawn.pins == stops
    assert max(drawn.frame[2:]) < max(outline(stops).frame[2:]) / 10
    assert drawn.scale
    km, length = drawn.scale
    assert (km, length < drawn.frame[2] / 3) == (10, True)


def test_a_close_map_of_one_place_or_of_none_is_one_too() -> None:
    for pins in ([], [pin(45.886, 11.021, label="Rovereto")]):
        assert close_up(pins).pins == pins
