"""What commands ask of the database before they begin; every refusal is one sentence that says what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.kernel.db import db
from app.kernel.schema import Schema, schema_state
from config import Config

P = ParamSpec("P")
T = TypeVar("T")

_SENTENCES = {
    Schema.EMPTY: "The database is empty. Run: filo database upgrade",
    Schema.OLDER: "The database belongs to an older version of Filò. Make a backup, then run: filo database upgrade",
    Schema.NEWER: "The database belongs to a newer version of Filò. Update the program, then start again.",
}


def needs_tables(*fit: Schema) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Refuse a command, inside its application context, on a database in none of the states that fit."""

    def decorate(command: Callable[P, T]) -> Callable[P, T]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            require_tables(current_app.config["FILO"], *fit)
            return command(*args, **kwargs)

        return run

    return decorate


def require_tables(config: Config, *fit: Schema, engine: Engine | None = None) -> Schema:
    """The state of the database; raises ClickException unless it can be written and is in one of those that fit.

    Without an engine that of the present application is asked.
    """
    _require_writable(config)
    try:
        state = schema_state(engine or db.engine)
    except SQLAlchemyError as error:
        raise click.ClickException(unreachable(error)) from error
    if state not in fit:
        raise click.ClickException(_SENTENCES[state])
    return state


def unreachable(error: SQLAlchemyError) -> str:
    """The sentence about a database that does not answer; the driver's own words in one line."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    reason = lines[0].rstrip(".") if lines else type(error).__name__
    return f"The database cannot be reached: {reason}. Look at FILO_DATABASE_URL, and whether its server runs."


def _require_writable(config: Config) -> None:
    """SQLite opens a file that it cannot write, and only the first change would say so."""
    if not config.is_sqlite:
        return
    file = Path(config.database_url.removeprefix("sqlite:///"))
    for path in (file.parent, file):
        if path.exists() and not os.access(path, os.W_OK):
            raise click.ClickException(f"The database {file} cannot be written: give {path} to the user who runs Filò.")
