"""Recurring work."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.feeds import queries, services
from app.feeds.entries import RENDERER
from app.jobs.worker import recurs

MOST_AT_ONCE = 500


@recurs("move_feed_window", every=timedelta(hours=24))
def move_feed_window(now: datetime) -> None:
    """Every night, the turn of days being counted in UTC."""
    services.move_window(now)


@recurs("look_after_missing_entries", every=timedelta(hours=1))
def look_after_missing(now: datetime) -> None:
    services.look_after_missing(now)


@recurs("render_feeds_again", every=timedelta(minutes=1))
def render_again(now: datetime) -> None:
    """After an upgrade, make the entries of the former program anew, some events at a time."""
    for event_id in queries.events_rendered_before(RENDERER, most=MOST_AT_ONCE):
        services.refresh(event_id, now=now)
