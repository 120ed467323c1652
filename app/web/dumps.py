"""A whole database as files and back, for both engines, without any program beside us.

SQLite copies itself page by page (its backup interface); PostgreSQL copies every table with COPY, in one
snapshot. Both leave writers alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from app.kernel.db import Base, exclusive_writer
from app.search.models import WORDS_TABLE, search_document

SQLITE_FILE = "filo.db"
_ORDER_FILE = "tables.json"


def dump(engine: Engine, folder: Path) -> None:
    """Write what the database holds at this instant into a folder."""
    (_dump_sqlite if _is_sqlite(engine) else _dump_postgres)(engine, folder)


def load(engine: Engine, folder: Path) -> None:
    """Replace what the database holds by a dump of the same engine and the same schema; all or nothing."""
    (_load_sqlite if _is_sqlite(engine) else _load_postgres)(engine, folder)


def is_empty(engine: Engine) -> bool:
    """Whether no table holds anything."""
    with engine.connect() as connection:
        return not any(
            connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first()  # noqa: S608
            for name in _tables(connection)
        )


def clear(connection: Connection) -> None:
    """Delete every row of every table, and keep the tables."""
    names = _tables(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for name in reversed(names):
            connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608
    elif names:
        connection.execute(text("TRUNCATE " + ", ".join(f'"{name}"' for name in names) + " RESTART IDENTITY"))


def _dump_sqlite(engine: Engine, folder: Path) -> None:
    with _pooled(engine) as source, _file(engine, folder / SQLITE_FILE) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE").close()


def _load_sqlite(engine: Engine, folder: Path) -> None:
    with exclusive_writer(), _pooled(engine) as target, _file(engine, folder / SQLITE_FILE) as source:
        source.backup(target)
    engine.dispose()


def _dump_postgres(engine: Engine, folder: Path) -> None:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection:
        names = _tables(connection)
        for name in names:
            copy = f'COPY "{name}" ({_columns(connection, name)}) TO STDOUT'
            with (folder / f"{name}.copy").open("wb") as file, _cursor(connection).copy(copy) as rows:
                for block in rows:
                    file.write(block)
        (folder / _ORDER_FILE).write_text(json.dumps(names))


def _load_postgres(engine: Engine, folder: Path) -> None:
    names = json.loads((folder / _ORDER_FILE).read_text())
    with engine.begin() as connection:
        clear(connection)
        for name in names:
            copy = f'COPY "{name}" ({_columns(connection, name)}) FROM STDIN'
            with (folder / f"{name}.copy").open("rb") as file, _cursor(connection).copy(copy) as rows:
                while block := file.read(1 << 16):
                    rows.write(block)
        for name in names:
            _set_counters(connection, name)


def _set_counters(connection: Connection, table: str) -> None:
    """New rows get numbers above the copied ones."""
    for column in inspect(connection).get_columns(table):
        quoted = f'"{table}"'
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": quoted, "c": column["name"]})
        if sequence:
            highest = f'SELECT max("{column["name"]}") FROM {quoted}'  # noqa: S608
            connection.execute(
                text(f"SELECT setval(:sequence, coalesce(({highest}), 1), ({highest}) IS NOT NULL)"),
                {"sequence": sequence},
            )


def _tables(connection: Connection) -> list[str]:
    """Our tables, those that are referred to first; not the one that knows the version of the schema."""
    there = set(inspect(connection).get_table_names())
    ours = [*(table.name for table in Base.metadata.sorted_tables), search_document.name, WORDS_TABLE]
    return [name for name in ours if name in there]


def _columns(connection: Connection, table: str) -> str:
    columns = inspect(connection).get_columns(table)
    return ", ".join(f'"{column["name"]}"' for column in columns if "computed" not in column)


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


@contextmanager
def _pooled(engine: Engine) -> Iterator[Any]:
    """A connection as the driver knows it, from the pool."""
    with closing(engine.raw_connection()) as pooled:
        yield pooled.driver_connection


def _file(engine: Engine, path: Path) -> closing[Any]:
    driver: Any = engine.dialect.loaded_dbapi
    return closing(driver.connect(str(path)))


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()
