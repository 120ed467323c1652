"""The folder that holds the content of stored files, under names of our own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from flask import current_app

from app.files.errors import FileNotFound
from app.kernel.ids import opaque_id

_KEY = re.compile(r"[a-z0-9]{10,40}", re.ASCII)
_DRAFT = ".draft-"  # backups leave out what begins with a dot
_BLOCK = 1 << 18


class LocalStore:
    """Files in folders by the first two letters of their key. A key is never made of what somebody typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: IO[bytes]) -> str:
        """Keep a content, read from its beginning, and give its key. After this it survives a loss of power."""
        key = opaque_id()
        target = self.path(key)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f"{_DRAFT}{key}")
        content.seek(0)
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                while block := content.read(_BLOCK):
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync(target.parent)
        return key

    def open(self, key: str) -> IO[bytes]:
        """Raises FileNotFound."""
        try:
            return self.path(key).open("rb")
        except FileNotFoundError as error:
            raise FileNotFound(key=key) from error

    def exists(self, key: str) -> bool:
        return self.path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove a content; one that is not there is no error."""
        self.path(key).unlink(missing_ok=True)

    def path(self, key: str) -> Path:
        """Where a content lies, or would; raises FileNotFound for what cannot be a key."""
        if not _KEY.fullmatch(key):
            raise FileNotFound(key=key)
        return self.folder / key[:2] / key

    def older_than(self, moment: float) -> Iterator[str]:
        """Keys of what was written before a moment (in seconds since the epoch); half-made drafts are removed."""
        for path in self.folder.glob("*/*") if self.folder.is_dir() else ():
            try:
                is_old = path.is_file() and path.stat().st_mtime < moment
            except FileNotFoundError:  # another worker was faster
                continue
            if is_old and path.name.startswith(_DRAFT):
                path.unlink(missing_ok=True)
            elif is_old and _KEY.fullmatch(path.name):
                yield path.name


def store() -> LocalStore:
    """The store of this installation."""
    return LocalStore(current_app.config["FILO"].instance / "files")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
