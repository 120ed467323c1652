"""Writes what was fetched, a minute at a time, and forgets it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert

from app.changes.rules import stored_key
from app.fetches import queries
from app.fetches.facts import CalendarsFetched, Use
from app.fetches.models import CalendarFetch
from app.fetches.rules import KEPT, MISSING, MOST_CALENDARS, Noted, client_of, token_in, worth_keeping
from app.kernel.db import db, transactional
from app.kernel.facts import record

_AT_ONCE = 500


@transactional
def write(noted: Sequence[Noted]) -> None:
    """Write a minute's fetches in one transaction, and keep the newest of each calendar only."""
    kept = worth_keeping(noted)
    if not kept:
        return
    rows = [_row(one) for one in kept]
    db.session.execute(insert(CalendarFetch), rows)
    calendars = sorted({row["calendar"] for row in rows})
    for place in range(0, len(calendars), _AT_ONCE):
        _delete(queries.too_many(calendars[place : place + _AT_ONCE]))
    record(CalendarsFetched(uses=_uses(rows)))


@transactional
def forget_old(now: datetime) -> None:
    """Delete fetches older than KEPT, and those of public calendars that hardly anybody follows."""
    db.session.execute(delete(CalendarFetch).where(CalendarFetch.at < now - KEPT), execution_options=_PLAIN)
    calendars = queries.calendars_beyond(MOST_CALENDARS)
    for place in range(0, len(calendars), _AT_ONCE):
        some = CalendarFetch.calendar.in_(calendars[place : place + _AT_ONCE])
        db.session.execute(delete(CalendarFetch).where(some), execution_options=_PLAIN)


_PLAIN = {"synchronize_session": False}


def _row(one: Noted) -> dict[str, Any]:
    client = client_of(one.user_agent)
    is_missing = one.status == 404
    return {
        "calendar": MISSING if is_missing else stored_key(one.calendar),
        "asked": stored_key(one.calendar) if is_missing else "",
        "at": datetime.fromtimestamp(one.at, UTC),
        "status": one.status,
        "family": client.family,
        "version": client.version,
        "by_caldav": one.by_caldav,
    }


def _uses(rows: Sequence[dict[str, Any]]) -> tuple[Use, ...]:
    last: dict[int, Use] = {}
    for row in sorted(rows, key=lambda row: row["at"]):
        token_id = token_in(row["calendar"])
        if token_id is not None and row["status"] < 400:
            last[token_id] = Use(token_id, row["at"], row["family"])
    return tuple(last[token_id] for token_id in sorted(last))


def _delete(ids: Sequence[int]) -> None:
    for place in range(0, len(ids), _AT_ONCE):
        some = CalendarFetch.id.in_(ids[place : place + _AT_ONCE])
        db.session.execute(delete(CalendarFetch).where(some), execution_options=_PLAIN)
