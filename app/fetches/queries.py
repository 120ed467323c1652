from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, func, select

from app.fetches.models import CalendarFetch
from app.fetches.rules import KEPT_EACH, MISSING, agenda_key
from app.kernel.db import db

_IS_PUBLIC = CalendarFetch.calendar.startswith("/")


def newest_of(calendar: str) -> Sequence[CalendarFetch]:
    """The last fetches of a calendar, the newest first."""
    query = select(CalendarFetch).where(CalendarFetch.calendar == calendar)
    return db.session.scalars(query.order_by(CalendarFetch.at.desc(), CalendarFetch.id.desc()).limit(KEPT_EACH)).all()


def newest_missing() -> Sequence[CalendarFetch]:
    """The last fetches of addresses at which there is nothing."""
    return newest_of(MISSING)


def public_calendars(*, most: int) -> Sequence[Row[str, datetime, int, int]]:
    """Public calendars that were fetched: address, when last, by how many programs, and how often it failed."""
    query = (
        select(
            CalendarFetch.calendar,
            func.max(CalendarFetch.at),
            func.count(CalendarFetch.family.distinct()),
            func.count().filter(CalendarFetch.status >= 500),
        )
        .where(_IS_PUBLIC)
        .group_by(CalendarFetch.calendar)
        .order_by(func.max(CalendarFetch.at).desc(), CalendarFetch.calendar)
    )
    return db.session.execute(query.limit(most)).all()


def last_of_tokens(token_ids: Collection[int]) -> dict[int, datetime]:
    """When each of some personal calendars was last asked for."""
    keys = {agenda_key(token_id): token_id for token_id in token_ids}
    query = select(CalendarFetch.calendar, func.max(CalendarFetch.at)).where(CalendarFetch.calendar.in_(keys))
    rows = db.session.execute(query.group_by(CalendarFetch.calendar)).all()
    return {keys[row[0]]: row[1] for row in rows}


def too_many(calendars: Collection[str]) -> Sequence[int]:
    """Fetches of some calendars beyond the newest KEPT_EACH of each."""
    place = func.row_number().over(
        partition_by=CalendarFetch.calendar, order_by=(CalendarFetch.at.desc(), CalendarFetch.id.desc())
    )
    placed = select(CalendarFetch.id, place.label("place")).where(CalendarFetch.calendar.in_(calendars)).subquery()
    return db.session.scalars(select(placed.c.id).where(placed.c.place > KEPT_EACH)).all()


def calendars_beyond(most: int) -> Sequence[str]:
    """Public calendars but those that were fetched last."""
    query = select(CalendarFetch.calendar).where(_IS_PUBLIC).group_by(CalendarFetch.calendar)
    return db.session.scalars(query.order_by(func.max(CalendarFetch.at).desc()).offset(most).limit(10_000)).all()
