from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from app.files.errors import FileNotFound
from app.files.models import FileText, StoredFile
from app.kernel.db import Base, db, table_of

AT_ONCE = 500


def stored_file(public_id: str) -> StoredFile:
    """Raises FileNotFound."""
    found = db.session.scalar(select(StoredFile).where(StoredFile.public_id == public_id))
    if found is None:
        raise FileNotFound(public_id=public_id)
    return found


def file(file_id: int) -> StoredFile | None:
    return db.session.get(StoredFile, file_id)


def text_of(file_id: int) -> FileText | None:
    """What is known of the words inside a document; None: nobody read it yet."""
    return db.session.get(FileText, file_id)


def texts_of(file_ids: Collection[int]) -> Mapping[int, FileText]:
    """The same for many, by the id of the file."""
    return {row.file_id: row for row in db.session.scalars(select(FileText).where(FileText.file_id.in_(file_ids)))}


def known_keys(keys: Sequence[str]) -> set[str]:
    """Which of these keys have a row."""
    known: set[str] = set()
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        known.update(db.session.scalars(select(StoredFile.public_id).where(StoredFile.public_id.in_(some))))
    return known


def unused(before: datetime) -> Sequence[Any]:
    """``id, public_id`` of files, made before a moment, to which no row of any table points by a foreign key."""
    id_column = table_of(StoredFile).c.id
    users = [
        key.parent
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.references(table_of(StoredFile)) and table is not table_of(FileText)
    ]
    query = select(StoredFile.id, StoredFile.public_id).where(
        StoredFile.created_at < before, *(~exists().where(column == id_column) for column in users)
    )
    return db.session.execute(query).all()
