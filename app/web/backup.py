"""``filo backup`` and ``filo restore``: the database and the instance folder in one file."""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from app.kernel.db import db
from app.kernel.schema import drop_schema, known_revision, revision, upgrade_schema
from app.web import dumps
from config import Config

FORMAT = 1
_ABOUT = "about.json"
_DATABASE = "database"
_FILES = "files"


class BackupError(Exception):
    """A backup that cannot be made or put back; the message says what to do."""


def make(config: Config, target: Path, *, now: datetime) -> None:
    """Write a backup, consistent while everything runs. It holds secrets, so only we can read it."""
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".filo-backup-") as name:
        folder = Path(name)
        (folder / _DATABASE).mkdir()
        about = {"format": FORMAT, "engine": db.engine.dialect.name, "revision": revision(), "made": now.isoformat()}
        dumps.dump(db.engine, folder / _DATABASE)
        draft = folder / "backup.tar.gz"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            _pack(file, folder, config, about)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)


def put_back(config: Config, source: Path, *, replace: bool) -> None:
    """Replace database and files by those of a backup, and bring the tables up to this version. Raises BackupError."""
    with tempfile.TemporaryDirectory(dir=config.instance, prefix=".filo-restore-") as name:
        folder = Path(name)
        about = _unpack(source, folder)
        _refuse_misfit(about, replace=replace)
        if revision() != about["revision"]:
            drop_schema()
            upgrade_schema(about["revision"])
        dumps.load(db.engine, folder / _DATABASE)
        upgrade_schema()
        _move_files(folder / _FILES, config.instance)


def _refuse_misfit(about: dict[str, Any], *, replace: bool) -> None:
    engine = db.engine.dialect.name
    if about["engine"] != engine:
        raise BackupError(f"This backup is of {about['engine']}, but FILO_DATABASE_URL names {engine}.")
    if not known_revision(about["revision"]):
        raise BackupError("This backup was made by a newer version of Filò. Update the program, then try again.")
    if not replace and revision() is not None and not dumps.is_empty(db.engine):
        raise BackupError("This database is not empty. Add --replace to lose what it holds.")
    if revision() is not None and not known_revision(revision()):
        raise BackupError("This database belongs to a newer version of Filò. Restore into an empty one.")


def _pack(file: Any, folder: Path, config: Config, about: dict[str, Any]) -> None:
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
        data = json.dumps(about).encode()
        entry = tarfile.TarInfo(_ABOUT)
        entry.size, entry.mode = len(data), 0o600
        archive.addfile(entry, io.BytesIO(data))
        for path in sorted((folder / _DATABASE).iterdir()):
            archive.add(path, f"{_DATABASE}/{path.name}")
        for path in _files(config):
            with suppress(FileNotFoundError):  # swept meanwhile: nothing in this copy of the database needs it
                archive.add(path, f"{_FILES}/{path.relative_to(config.instance).as_posix()}")


def _files(config: Config) -> list[Path]:
    """Everything in the instance folder but the database itself and half-made files."""
    database = Path(config.database_url.removeprefix("sqlite:///")) if config.is_sqlite else None
    return [
        path
        for path in sorted(config.instance.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not any(part.startswith(".") for part in path.relative_to(config.instance).parts)
        and not (database and path.parent == database.parent and path.name.startswith(database.name))
        and not path.name.endswith(".tar.gz")
    ]


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Write the regular files of an archive below a folder, and nothing anywhere else."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for entry in archive:
                name = PurePosixPath(entry.name)
                if not entry.isfile() or name.is_absolute() or ".." in name.parts:
                    raise BackupError(f"{source} is no backup of Filò.")
                _write(folder / name, archive.extractfile(entry))
        about = json.loads((folder / _ABOUT).read_text())
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise BackupError(f"{source} cannot be read as a backup of Filò.") from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise BackupError(f"{source} is a backup in a form that this version does not know.")
    return about


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        while block := content.read(1 << 16):
            file.write(block)


def _move_files(source: Path, instance: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            target = instance / path.relative_to(source)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.replace(target)
