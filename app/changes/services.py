"""Notes what changed that a calendar shows, in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete

from app.changes import queries
from app.changes.models import Change, ChangeKind, Collection
from app.changes.rules import KEPT, next_stamp, stored_key
from app.kernel.db import db, transactional

MOST_AT_ONCE = 5000


@transactional
def note(changes: Mapping[str, ChangeKind], *, keys: Iterable[str], now: datetime) -> int:
    """Take the next version for changed entries (by uid) and raise every collection that they stand or stood in.

    The counter is locked until the commit, so versions become visible in their order.
    """
    names = sorted({stored_key(key) for key in keys})
    version = _raise(names, now)
    db.session.add_all(
        Change(version=version, uid=uid, kind=kind, at=now, collections=names) for uid, kind in sorted(changes.items())
    )
    db.session.flush()
    return version


@transactional
def touch(keys: Iterable[str], *, now: datetime) -> int:
    """Raise collections of which other entries may be part now, though no entry itself changed."""
    version = _raise(sorted({stored_key(key) for key in keys}), now)
    db.session.flush()
    return version


@transactional
def forget_old(now: datetime, *, most: int = MOST_AT_ONCE) -> bool:
    """Drop what of the log is older than KEPT, oldest first, whole versions; says whether there may be more.

    Versions of collections stay as they are: feeds never go back. Who asks for changes since before
    ``forgotten_version`` is told that this is not known.
    """
    version = queries.last_version_before(now - KEPT, most=most)
    if version is None:
        return False
    counter = queries.lock_counter()
    counter.forgotten_version = max(counter.forgotten_version, version)
    db.session.execute(
        delete(Change).where(Change.version <= version), execution_options={"synchronize_session": False}
    )
    db.session.flush()
    return True


def _raise(names: list[str], now: datetime) -> int:
    counter = queries.lock_counter()
    counter.version += 1
    standing = queries.collections(names)
    for name in names:
        if row := standing.get(name):
            row.version, row.changed_at = counter.version, next_stamp(now, row.changed_at)
        else:
            db.session.add(Collection(key=name, version=counter.version, changed_at=next_stamp(now, None)))
    return counter.version
