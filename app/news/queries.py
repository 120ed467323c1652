from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.events.models import Event
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.news.models import NewsItem
from app.venues.models import Venue


def latest(since: datetime, *, most: int) -> Sequence[NewsItem]:
    """News since a moment of events that stand on lists, newest first, with the event and its place."""
    query = (
        select(NewsItem)
        .join(NewsItem.event)
        .where(NewsItem.at >= since, Event.on_lists)
        .order_by(NewsItem.at.desc(), NewsItem.id.desc())
        .limit(most)
        .options(joinedload(NewsItem.event).joinedload(Event.venue).joinedload(Venue.country))
    )
    return db.session.scalars(query).all()


def told_before(items: Sequence[NewsItem]) -> dict[int, list[NewsItem]]:
    """All that was ever told of the events of some news, by event, oldest first."""
    told: dict[int, list[NewsItem]] = {}
    query = select(NewsItem).where(NewsItem.event_id.in_({item.event_id for item in items})).order_by(NewsItem.id)
    for row in db.session.scalars(query):
        told.setdefault(row.event_id, []).append(row)
    return told


def previous_start(event: Event) -> datetime | None:
    """When the public last thought that an event would begin, if that is not when it begins now."""
    query = (
        select(NewsItem.starts_at)
        .where(
            NewsItem.event_id == event.id,
            NewsItem.starts_at != event.starts_at,
            NewsItem.date_precision == DatePrecision.DAY,
        )
        .order_by(NewsItem.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)
