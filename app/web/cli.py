"""Commands of the whole house."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from app.kernel.schema import Schema, schema_state, upgrade_schema

database = AppGroup("database", help="The tables.")


def init(app: Flask) -> None:
    app.cli.add_command(database)


@database.command("upgrade")
def upgrade() -> None:
    """Bring the tables up to this version."""
    if schema_state() is Schema.NEWER:
        raise click.ClickException(
            "This database belongs to a newer version of Filò. Update the program, then start again."
        )
    upgrade_schema()
