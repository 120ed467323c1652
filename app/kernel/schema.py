"""Which version of the tables the database has, and bringing it up to date."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.kernel.db import db

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


class Schema(StrEnum):
    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def schema_state() -> Schema:
    """How the database stands to this program; raises SQLAlchemyError when it cannot be reached."""
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory(str(MIGRATIONS))
    if found is None:
        return Schema.EMPTY
    if found == script.get_current_head():
        return Schema.CURRENT
    return Schema.OLDER if found in {revision.revision for revision in script.walk_revisions()} else Schema.NEWER


def upgrade_schema() -> None:
    """Bring the tables to this program's version. Only from a command, never from a web process."""
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    with db.engine.connect() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "head")
        connection.commit()
