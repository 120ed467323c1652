"""Which databases a test run has: SQLite always, PostgreSQL where FILO_TEST_POSTGRES names a server."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import psycopg

POSTGRES = os.environ.get("FILO_TEST_POSTGRES", "")  # postgresql://user@host:port/postgres


def own_database(name: str) -> dict[str, str]:
    """Settings for a database of this process's own; SQLite unless FILO_TEST_ENGINE says postgres."""
    if os.environ.get("FILO_TEST_ENGINE") != "postgres":
        return {}
    return {"database_url": fresh_postgres(f"filo_test_{name}")}


def fresh_postgres(name: str) -> str:
    """Make an empty PostgreSQL database and give its SQLAlchemy address."""
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    parts = urlsplit(POSTGRES)
    return f"postgresql+psycopg://{parts.netloc}/{name}"
