"""The tables of today in a database of SQLite: made once a run, for the chain of migrations is long, then copied."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from app import create_app
from app.kernel.db import db
from app.kernel.schema import upgrade_schema
from config import Config


def copy_tables(folder: Path) -> None:
    """Put a database without rows where an installation in this folder looks for it."""
    shared = Path(os.environ["FILO_TEST_SHARED"])
    made = shared / "tables" / "filo.db"
    with (shared / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(shared / "making")
            (shared / "making").rename(made.parent)
    shutil.copyfile(made, folder / made.name)


def _make(folder: Path) -> None:
    folder.mkdir()
    with create_app(Config.for_tests(folder)).app_context():
        upgrade_schema()
        db.session.remove()
        db.engine.dispose()
