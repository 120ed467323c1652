from __future__ import annotations

import pytest

from tests.pilots.rovereto import Rovereto


@pytest.fixture
def rovereto(database: object) -> Rovereto:
    return Rovereto()
