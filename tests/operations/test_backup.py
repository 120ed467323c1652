from __future__ import annotations

import io
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import text

from app import create_app
from app.accounts import queries, services
from app.kernel import clock
from app.kernel.db import db
from app.kernel.running import StillRunningError, alone, running
from app.kernel.schema import upgrade_schema
from app.search import queries as search_queries
from app.search import services as search
from app.web import dumps
from app.web.backup import BackupError, make, put_back
from config import Config
from tests.databases import fresh_postgres
from tests.tables import copy_tables

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@contextmanager
def house(folder: Path, engine: str, *, with_tables: bool = True) -> Iterator[Config]:
    """An installation of its own, inside its application context."""
    folder.mkdir(exist_ok=True)
    config = Config.for_tests(folder)
    if engine == "postgres":
        config = replace(config, database_url=fresh_postgres(f"filo_backup_{folder.name}"))
    elif with_tables:
        copy_tables(folder)
    with create_app(config).app_context():
        if with_tables and not config.is_sqlite:
            upgrade_schema()
        try:
            yield config
        finally:
            db.session.remove()
            db.engine.dispose()


def add(email: str) -> int:
    return services.add_account(email=email, locale="en", now=clock.now())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_goes_round(tmp_path: Path, engine: str) -> None:
    file = tmp_path / "backup.tar.gz"
    with house(tmp_path / "old", engine) as config:
        account_id = add("ada@filo.example")
        secret = services.open_session(account_id, days=1, now=clock.now())
        search.index("event", 7, names=["Überprüfung"])
        (config.instance / "files").mkdir()
        (config.instance / "files" / "plan.pdf").write_bytes(b"plan")
        make(config, file, now=clock.now())
        add("later@filo.example")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with house(tmp_path / "new", engine, with_tables=False) as config:
        put_back(config, file, replace=False)
        assert queries.account_of("ada@filo.example")
        assert queries.account_of("later@filo.example") is None
        assert queries.account_id_of_session(secret, clock.now() + timedelta(hours=1)) == account_id
        assert search_queries.found("uberprufung", 10) == [("event", 7)]
        assert (config.instance / "files" / "plan.pdf").read_bytes() == b"plan"
        assert add("new@filo.example") > account_id
        db.session.rollback()


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_there_is_only_lost_on_purpose(tmp_path: Path, engine: str) -> None:
    file = tmp_path / "backup.tar.gz"
    with house(tmp_path / "full", engine) as config:
        add("ada@filo.example")
        make(config, file, now=clock.now())
        add("later@filo.example")
        with pytest.raises(BackupError, match="--replace"):
            put_back(config, file, replace=False)
        db.session.rollback()
        assert queries.account_of("later@filo.example")
        db.session.rollback()
        put_back(config, file, replace=True)
        assert queries.account_of("later@filo.example") is None


def test_nothing_is_put_back_under_a_running_house(tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    with house(tmp_path / "full", "sqlite") as config:
        make(config, file, now=clock.now())
        add("later@filo.example")
        command = current_app.test_cli_runner().invoke
        with running(config.instance):
            refused = command(args=["restore", str(file), "--replace"])
        assert refused.exit_code == 1
        assert refused.output == "Error: Filò is running here. Stop filo serve, then put the backup back.\n"
        assert queries.account_of("later@filo.example")
        db.session.rollback()
        assert command(args=["restore", str(file), "--replace"]).exit_code == 0
        assert queries.account_of("later@filo.example") is None


def test_nothing_starts_while_somebody_is_alone(tmp_path: Path) -> None:
    with running(tmp_path), running(tmp_path):
        pass
    with alone(tmp_path), pytest.raises(StillRunningError), running(tmp_path):
        pytest.fail("it started")


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with house(tmp_path / "newer", "sqlite") as config:
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        make(config, tmp_path / "newer.tar.gz", now=clock.now())
    with (
        house(tmp_path / "older", "sqlite") as config,
        pytest.raises(BackupError, match="newer version"),
    ):
        put_back(config, tmp_path / "newer.tar.gz", replace=True)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b broken"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with house(tmp_path / "house", "sqlite") as config, pytest.raises(BackupError, match="cannot be read"):
        put_back(config, tmp_path / "file", replace=True)


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "files/../../outside"])
def test_an_archive_cannot_write_elsewhere(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "file", "w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))
    with house(tmp_path / "house", "sqlite") as config, pytest.raises(BackupError):
        put_back(config, tmp_path / "file", replace=True)
    assert not (tmp_path / "outside").exists()


def test_an_empty_database_is_empty(tmp_path: Path) -> None:
    with house(tmp_path / "house", "sqlite"):
        assert dumps.is_empty(db.engine)
        add("ada@filo.example")
        assert not dumps.is_empty(db.engine)
        with db.engine.begin() as connection:
            dumps.clear(connection)
        assert dumps.is_empty(db.engine)
