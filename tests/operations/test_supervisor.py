from __future__ import annotations

import pytest

from app.web.supervisor import pause_before_start


@pytest.mark.parametrize(
    ("deaths", "seconds"), [(0, 0), (1, 0), (2, 0.5), (3, 1), (4, 2), (8, 30), (100, 30)]
)  # fmt: skip
def test_what_dies_again_and_again_waits_longer(deaths: int, seconds: float) -> None:
    assert pause_before_start(deaths) == seconds
