"""Notes what changed that a calendar shows, in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.changes import queries
from app.changes.models import Change, ChangeKind, Collection
from app.changes.rules import next_stamp, stored_key
from app.kernel.db import db, transactional


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
