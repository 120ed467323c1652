"""The sub-groups of the study visit: fifteen people, eight at most at a station."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.events import queries as events
from app.network.actors import SYSTEM
from app.subgroups import services

EVENT = "E4"
LARGEST = 8


def load_groups(key: str, event_id: int, now: datetime) -> None:
    if key == EVENT:
        slug = events.event(event_id).slug
        services.make(event_slug=slug, size=LARGEST, actor=SYSTEM, now=now - timedelta(days=1))
