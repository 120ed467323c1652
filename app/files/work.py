"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.files import queries, services
from app.files.reading import text_in
from app.files.rules import FORGOTTEN_AFTER
from app.files.store import store
from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.kernel.db import db


@recurs("files.sweep", every=timedelta(hours=6))
def sweep(now: datetime) -> None:
    """Contents first, rows second: what a running backup still knows by its row lies there for another turn."""
    shelf = store()
    for key in services.without_row(shelf.older_than((now - FORGOTTEN_AFTER).timestamp())):
        shelf.delete(key)
    services.forget_unused(now=now)


@performs("files.read_text", takes_long=True)
def read_text(file_id: int) -> None:
    """Read what a document says, once it is known to be for everybody."""
    found = queries.file(file_id)
    if found is None:
        return
    path, media_type = store().path(found.public_id), found.media_type
    db.session.rollback()
    state, text = text_in(path, media_type)
    services.keep_text(file_id, state, text, now=clock.now())
