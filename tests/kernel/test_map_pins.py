from __future__ import annotations

from math import hypot

import pytest

from app.kernel.map_pins import PIN, outline, pin


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
