from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.kernel.ids import opaque_id
from tests.databases import POSTGRES, fresh_postgres
from tests.house import House
from tests.tables import copy_tables

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="module", params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    return _fresh(request.param)


@pytest.fixture(params=ENGINES)
def own_database_url(request: pytest.FixtureRequest) -> str:
    """For a test that makes tables of its own."""
    return _fresh(request.param)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[House]:
    """A migrated installation, as an operator runs it; every crowd has an event of its own there."""
    house = House(tmp_path_factory.mktemp("house"), database_url=database_url)
    if database_url:
        house.run("database", "upgrade")
    else:
        copy_tables(house.folder)
    house.start("serve")
    yield house
    house.stop()


def _fresh(engine: str) -> str:
    if engine == "sqlite":
        return ""
    if not POSTGRES:
        pytest.skip("no PostgreSQL: name a server in FILO_TEST_POSTGRES")
    return fresh_postgres(f"filo_crowd_{opaque_id(8)}")
