"""``filo``, the command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy.exc import InterfaceError, OperationalError

from app import create_app
from app.kernel.commands import unreachable
from app.kernel.errors import Unavailable
from app.mail.cli import mail
from app.web.servers import serve, web
from config import ConfigError


def _app() -> Flask:
    """The application; a wrong setting ends the command with one sentence."""
    try:
        return create_app()
    except ConfigError as error:
        sys.exit(f"filo: {error}")


class Commands(FlaskGroup):
    """Our own commands: a package that we use brings some that mean nothing here."""

    FOREIGN = frozenset({"limiter"})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in super().list_commands(ctx) if name not in self.FOREIGN]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return None if name in self.FOREIGN else super().get_command(ctx, name)


group = Commands(
    create_app=_app,
    add_version_option=False,
    add_default_commands=False,
    load_dotenv=False,
    help="Filò plans clusters workshops, study visits and exchange forums.",
)
group.params.clear()  # Flask's own: which application, which file of settings
for command in (serve, web, mail):  # they make the application themselves, if they need one
    group.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command: that of the command line, unless another is given."""
    os.umask(0o077)  # the database, mails and backups are for the operator's eyes
    try:
        group.main(args=list(sys.argv[1:] if arguments is None else arguments), prog_name="filo")
    except (OperationalError, InterfaceError) as error:  # it was there when the command began
        sys.exit(f"Error: {unreachable(error)}")
    except Unavailable:
        sys.exit("Error: The database is too busy now. Try again; nothing was changed.")
