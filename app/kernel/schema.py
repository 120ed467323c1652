"""Which version of the tables the database has, and bringing it up to date."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

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
    _migrate(command.upgrade, target)


def drop_schema() -> None:
    """Remove every table of ours with all it holds."""
    _migrate(command.downgrade, "base")


def _migrate(step: Callable[[AlembicConfig, str], None], target: str) -> None:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    with db.engine.connect() as connection:
        alembic.attributes["connection"] = connection
        step(alembic, target)
        connection.commit()
