from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app import create_app
from app.kernel.db import Base, db
from app.kernel.schema import Schema, drop_schema, schema_state, upgrade_schema
from config import Config
from tests.databases import fresh_postgres


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_migrations_lead_to_the_models_and_back(tmp_path: Path, engine: str) -> None:
    config = Config.for_tests(tmp_path)
    if engine == "postgres":
        config = replace(config, database_url=fresh_postgres("filo_migrations"))
    with create_app(config).app_context():
        assert schema_state() is Schema.EMPTY
        upgrade_schema()
        assert schema_state() is Schema.CURRENT
        with db.engine.connect() as connection:
            context = MigrationContext.configure(
                connection,
                opts={
                    "compare_type": True,
                    "include_name": lambda name, kind, parents: (
                        kind != "table" or not (name or "").startswith("search_document")
                    ),
                },
            )
            assert compare_metadata(context, Base.metadata) == []
        drop_schema()
        assert schema_state() is Schema.EMPTY
        db.engine.dispose()
