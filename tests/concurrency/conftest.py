from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kernel.ids import opaque_id
from tests.databases import POSTGRES, fresh_postgres
from tests.house import House


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    if not POSTGRES:
        pytest.skip("no PostgreSQL: name a server in FILO_TEST_POSTGRES")
    return fresh_postgres(f"filo_crowd_{opaque_id(8)}")


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    """A migrated installation, as an operator runs it."""
    house = House(tmp_path, database_url=database_url)
    house.run("database", "upgrade")
    house.start("serve")
    yield house
    house.stop()
