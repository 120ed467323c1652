"""Rows of files, and forgetting what nothing needs any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import delete

from app.files import queries
from app.files.facts import TextRead
from app.files.models import FileText, StoredFile
from app.files.rules import FORGOTTEN_AFTER, READABLE, Accepted, TextState
from app.jobs import services as jobs
from app.kernel.db import db, transactional
from app.kernel.facts import record

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
def words_of(files: Iterable[StoredFile]) -> list[str]:
    """The text inside these documents as far as it was read; what was not is read by the worker, then TextRead tells.

    Asked only for documents that everybody may read: the words of others are kept nowhere.
    """
    wanted = [file for file in files if file.media_type in READABLE]
    known = queries.texts_of([file.id for file in wanted])
    for file in wanted:
        if file.id not in known:
            jobs.put("files.read_text", dedupe_key=f"files.text:{file.id}", run_at=file.created_at, file_id=file.id)
    return [known[file.id].text for file in wanted if file.id in known]


@transactional
def keep_text(file_id: int, state: TextState, text: str, *, now: datetime) -> None:
    """Keep what a document says; one that was removed meanwhile needs no words."""
    if queries.file(file_id) is None:
        return
    row = queries.text_of(file_id) or FileText(file_id=file_id)
    row.state, row.text, row.read_at = state, text, now
    db.session.add(row)
    record(TextRead(file_id=file_id))


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
