"""Notes what the public is told of events."""

from __future__ import annotations

from datetime import datetime

from app.changes import services as changes
from app.events.models import Event
from app.kernel.db import db, transactional
from app.kernel.ids import new_uid
from app.news.models import NewsItem
from app.news.rules import NewsKind

COLLECTION = "news"
"""The collection whose version says that the news read otherwise."""


@transactional
def tell(event: Event, kind: NewsKind, *, at: datetime) -> None:
    """Keep a piece of news, with the dates that the event has by then."""
    item = NewsItem(
        uid=new_uid(),
        event_id=event.id,
        kind=kind,
        at=at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        date_precision=event.date_precision,
    )
    db.session.add(item)


@transactional
def news_changed(*, now: datetime) -> None:
    """Something that stands in the news is there, is called otherwise, or is hidden."""
    changes.touch({COLLECTION}, now=now)
