"""Commands of the whole house."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.accounts.queries import account_of
from app.demo.cli import demo
from app.jobs.cli import worker
from app.kernel import clock
from app.kernel.commands import needs_tables, require_tables
from app.kernel.db import db, exclusive_writer
from app.kernel.running import StillRunningError, alone
from app.kernel.schema import Schema, upgrade_schema
from app.web import backup as backups
from app.web import dumps
from app.web.servers import keep_serving, require_free_port
from app.web.supervisor import in_a_copy
from config import Config

DEMO_PEOPLE = ("admin", "organiser", "partner", "coordinator", "observer", "host", "expert")
DEMO_PASSWORD = "filo-demo"  # noqa: S105

database = AppGroup("database", help="The tables.")


def init(app: Flask) -> None:
    app.cli.add_command(database)
    app.cli.add_command(worker)
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    demo.add_command(run_demo)
    demo.add_command(reset_demo)


@database.command("upgrade")
def upgrade() -> None:
    """Bring the tables up to this version."""
    _upgrade()


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@needs_tables(Schema.OLDER, Schema.CURRENT)
def backup(file: Path) -> None:
    """Write database and files into FILE, while everything runs. Keep it safe: it holds secrets."""
    try:
        backups.make(_config(), file, now=clock.now())
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"{file}: {file.stat().st_size / 1_000_000:.1f} MB")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
@needs_tables(*Schema)
def restore(file: Path, replace: bool) -> None:
    """Put database and files of a backup back. Stop filo serve before."""
    try:
        with alone(_config().instance):
            backups.put_back(_config(), file, replace=replace)
    except StillRunningError as error:
        raise click.ClickException("Filò is running here. Stop filo serve, then put the backup back.") from error
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file} is back.")


@click.command("run")
def run_demo() -> None:
    """Load the demonstration data into an empty database, and serve them."""
    require_free_port(_config())
    _upgrade()
    if dumps.is_empty(db.engine):
        click.echo("Loading the demonstration data ...")
        db.engine.dispose()
        if not in_a_copy(_load):
            raise click.ClickException("The demonstration data could not be loaded.")
    db.engine.dispose()
    os.environ["FILO_DEMO"] = "on"
    keep_serving(_config(), on_ready=lambda: click.echo(_banner(_config())))


@click.command("reset")
def reset_demo() -> None:
    """Throw the demonstration data away and load them anew."""
    from app.demo.services import load

    _upgrade()
    if not dumps.is_empty(db.engine) and not _holds_demo():
        raise click.ClickException("This database does not hold the demonstration data; nothing was changed.")
    with exclusive_writer(), db.engine.begin() as connection:
        dumps.clear(connection)
    load(clock.now())
    click.echo("The demonstration data are new.")


def _load() -> None:
    from app.demo.services import load

    load(clock.now())


def _upgrade() -> None:
    if require_tables(_config(), Schema.EMPTY, Schema.OLDER, Schema.CURRENT) is not Schema.CURRENT:
        upgrade_schema()


def _holds_demo() -> bool:
    return account_of("admin@filo.example") is not None


def _banner(config: Config) -> str:
    sign_ins = "  ".join(f"{name}@filo.example" for name in DEMO_PEOPLE)
    return (
        f"\nFilò answers at {config.public_url}\n\n"
        f"Sign in at {config.public_url}/sign-in with the password {DEMO_PASSWORD}:\n  {sign_ins}\n"
        f"Mails are read by admin@filo.example at {config.public_url}/manage/mail\n"
        "Stop with Ctrl-C.\n"
    )


def _config() -> Config:
    config: Config = current_app.config["FILO"]
    return config
