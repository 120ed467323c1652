"""``filo search``: what can be found, from the command line."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.kernel import clock
from app.kernel.commands import needs_tables
from app.kernel.schema import Schema
from app.site.services import rebuild_all

search = AppGroup("search", help="What can be found.")


@search.command("rebuild")
@needs_tables(Schema.CURRENT)
def rebuild() -> None:
    """Put everything that can be found anew; until it is done the old is found."""
    rebuild_all(clock.now().date(), lambda subject, count: click.echo(f"{subject}: {count}"))
