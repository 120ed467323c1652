"""What the worker does for imported calendars: look again every hour, forget what nobody kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.freebusy import queries
from app.freebusy.errors import NotFetched
from app.freebusy.fetching import Network, fetch
from app.freebusy.services import importing
from app.jobs import services as jobs
from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import NotFound

LOOK = "freebusy.look"
NETWORK = "freebusy.network"
"""Where an application keeps the ``Network`` that it fetches through, if it is not the plain one."""


def network_in_force() -> Network:
    """The network of this application."""
    found = current_app.extensions.get(NETWORK)
    return found if isinstance(found, Network) else Network()


@recurs("freebusy.look_again", every=timedelta(minutes=5))
def look_again(now: datetime) -> None:
    """Leave a look at every calendar whose time has come to the worker."""
    turn = int(now.timestamp())
    jobs.put_all(
        [
            jobs.Work(kind=LOOK, dedupe_key=f"{LOOK}:{each}:{turn}", run_at=now, payload={"calendar_id": each})
            for each in queries.due(now)
        ]
    )


@performs(LOOK)
def look(calendar_id: int) -> None:
    """Ask a calendar's address, outside any transaction, and take in what it gives."""
    now = clock.now()
    try:
        row = queries.calendar(calendar_id)
    except NotFound:
        return
    if row.next_at > now:  # looked at meanwhile
        return
    address, etag, last_modified, tried_at = row.address, row.etag, row.last_modified, row.tried_at
    db.session.rollback()
    try:
        source = None
        if address:
            source = fetch(address, etag=etag, last_modified=last_modified, network=network_in_force()).source
        importing.renew(calendar_id, source, tried_at=tried_at, now=now)
    except NotFetched as refusal:
        importing.note_failure(calendar_id, refusal, tried_at=tried_at, now=now)
    except NotFound:
        return


@recurs("freebusy.forget_drafts", every=timedelta(hours=6))
def forget(now: datetime) -> None:
    importing.forget_drafts(now)
