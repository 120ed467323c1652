"""Which version of the tables the database has, and bringing it up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

from app.kernel.db import db

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


class Schema(StrEnum):
    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def schema_state(engine: Engine | None = None) -> Schema:
    """How the database stands to this program; raises SQLAlchemyError when it cannot be reached."""
    found = revision(engine)
    if found is None:
        return Schema.EMPTY
    if found == ScriptDirectory(str(MIGRATIONS)).get_current_head():
        return Schema.CURRENT
    return Schema.OLDER if known_revision(found) else Schema.NEWER


def revision(engine: Engine | None = None) -> str | None:
    """The version of the tables that the database has; None when it has none."""
    with (engine or db.engine).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def known_revision(name: str | None) -> bool:
    """Whether this program knows a version of the tables."""
    return name in {step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def upgrade_schema(target: str = "head") -> None:
    """Bring the tables up to this program's version, or to an earlier one. Only from a command, never a web process."""
    _migrate(target)


def drop_schema() -> None:
    """Remove every table of the database with all it holds."""
    with _without_foreign_keys() as connection:
        for name in ("search_document_words", "search_document"):
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))  # with what SQLite keeps beside it
        tables = MetaData()
        tables.reflect(connection)
        tables.drop_all(connection)
        connection.commit()


def _migrate(target: str) -> None:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    with _without_foreign_keys() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, target)
        connection.commit()


@contextmanager
def _without_foreign_keys() -> Iterator[Connection]:
    """A connection on which SQLite may remake a table: with its keys watched, dropping the old one empties others.

    The switch only works outside a transaction (sqlite.org/lang_altertable.html, section 7).
    """
    with db.engine.connect() as connection:
        switch = connection.connection.dbapi_connection if connection.dialect.name == "sqlite" else None
        if switch:
            switch.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
        try:
            yield connection
        finally:
            connection.rollback()
            if switch:
                switch.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]
