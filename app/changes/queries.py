from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from app.changes.models import Change, Collection, VersionCounter
from app.changes.rules import stored_key
from app.kernel.db import db, insert_unless_there

ONLY_ROW = 1
# made once: it is asked all day, and making it would cost more than running it
_VERSION = select(func.count(), func.min(Collection.version), func.max(Collection.changed_at)).where(
    Collection.key.in_(bindparam("names", expanding=True))
)


class Version(NamedTuple):
    """The version of what stands under all of some keys; 0 and None when nothing ever did."""

    number: int
    changed_at: datetime | None


def version_of(keys: Iterable[str]) -> Version:
    """The version of the intersection of collections.

    What changes in an intersection changes every one of its collections, so the lowest of their versions
    rises with every change of its content, and sometimes without one.
    """
    names = {stored_key(key) for key in keys}
    row = db.session.execute(_VERSION, {"names": sorted(names)}).one()
    return Version(row[1], row[2]) if row[0] == len(names) else Version(0, None)


def lock_counter() -> VersionCounter:
    """The one counter, held until the commit; it is made when it is missing."""
    query = select(VersionCounter).where(VersionCounter.id == ONLY_ROW).with_for_update()
    counter = db.session.scalar(query, execution_options={"populate_existing": True})
    if counter is None:
        insert_unless_there(VersionCounter, id=ONLY_ROW, version=0)
        counter = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    return counter


def collections(names: Iterable[str]) -> Mapping[str, Collection]:
    """The rows under stored keys, as they are now; call it under the counter's lock."""
    rows = db.session.scalars(
        select(Collection).where(Collection.key.in_(set(names))), execution_options={"populate_existing": True}
    )
    return {row.key: row for row in rows}


def forgotten_version() -> int:
    """The version up to which it is not known any more what changed."""
    query = select(VersionCounter.forgotten_version).where(VersionCounter.id == ONLY_ROW)
    return db.session.scalar(query) or 0


def last_version_before(moment: datetime, *, most: int) -> int | None:
    """Up to which version the log is older than a moment, looking at no more than ``most`` rows; None if nothing is.

    A change may be stamped with an earlier time than one of a lower version, so the first that is recent ends it.
    """
    recent = db.session.scalar(select(func.min(Change.version)).where(Change.at >= moment))
    query = select(Change.version).order_by(Change.version)
    if recent is not None:
        query = query.where(Change.version < recent)
    versions = db.session.scalars(query.limit(most)).all()
    return versions[-1] if versions else None
