"""The days of an event, and the list that each has."""

from __future__ import annotations

from datetime import date

from app.events import queries as events
from app.events.models import Event
from app.kernel.date_words import last_day, local_day
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.kernel.texts import Texts
from app.presence import queries, rules
from app.presence.errors import ListNotFound
from app.presence.models import CheckList
from app.presence.rules import ListKind


def first_day(event: Event) -> date:
    return local_day(event.starts_at, event.timezone)


def number_of_days(event: Event) -> int:
    """1 where only the month or the year is known."""
    if event.date_precision is not DatePrecision.DAY:
        return 1
    return rules.day_count(first_day(event), last_day(event.starts_at, event.ends_at, event.timezone))


def lists_by_key(event_id: int, keys: set[str]) -> dict[str, CheckList]:
    """The lists that some keys name; that of a day is made when it is first used. Others are left out."""
    found = {one.key: one for one in queries.lists_of(event_id)}
    missing = [key for key in keys - set(found) if key.startswith("d")]
    if missing:
        last = number_of_days(events.event(event_id))
        for key in sorted(missing):
            if 1 <= int(key[1:]) <= last:
                found[key] = _begin(event_id, int(key[1:]))
        db.session.flush()
    return found


def list_with_key(event_id: int, key: str) -> CheckList:
    """One of them; raises ListNotFound."""
    found = lists_by_key(event_id, {key}).get(key)
    if found is None:
        raise ListNotFound(key=key)
    return found


def _begin(event_id: int, day: int) -> CheckList:
    one = CheckList(event_id=event_id, kind=ListKind.DAY, day=day, label=Texts())
    db.session.add(one)
    return one
