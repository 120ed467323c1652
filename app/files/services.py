"""Rows of files, and forgetting what nothing needs any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import delete

from app.files import queries
from app.files.models import StoredFile
from app.files.rules import FORGOTTEN_AFTER, Accepted
from app.kernel.db import db, transactional

Name = Callable[[], Iterable[str]]
_namers: list[Name] = []


def names_files(name: Name) -> Name:
    """Let a higher room name the files, by ``public_id``, that it needs without a foreign key: those in answers, say.

    It is asked at every sweep; a file with a foreign key to it needs no such word.
    """
    if name not in _namers:
        _namers.append(name)
    return name


@transactional
def keep(accepted: Accepted, *, now: datetime) -> StoredFile:
    """Make a row of a content that was accepted, in the transaction of what it belongs to."""
    row = StoredFile(
        public_id=accepted.public_id,
        sha256=accepted.sha256,
        media_type=accepted.media_type,
        byte_size=accepted.byte_size,
        name=accepted.name,
        width=accepted.width,
        height=accepted.height,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


@transactional
def forget_unused(*, now: datetime) -> None:
    """Delete the rows, older than a day, that nothing needs: removing what points there is enough."""
    unused = queries.unused(now - FORGOTTEN_AFTER)
    named = {public_id for name in _namers for public_id in name()} if unused else set()
    gone = [row.id for row in unused if row.public_id not in named]
    for first in range(0, len(gone), queries.AT_ONCE):
        db.session.execute(delete(StoredFile).where(StoredFile.id.in_(gone[first : first + queries.AT_ONCE])))


@transactional
def without_row(keys: Iterable[str]) -> list[str]:
    """Which of these keys no row tells of."""
    wanted = list(keys)
    known = queries.known_keys(wanted)
    return [key for key in wanted if key not in known]
