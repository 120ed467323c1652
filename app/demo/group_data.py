"""The sub-groups of the study visit: fifteen people, eight at most at a station."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.demo.ids import DemoIds
from app.events import queries as events
from app.network.actors import SYSTEM
from app.subgroups import queries, services

EVENT = "E4"
LARGEST = 8
GUIDES = ("elena_finta", "carla_prova")


def load_groups(key: str, event_id: int, ids: DemoIds, now: datetime) -> None:
    if key != EVENT:
        return
    slug, made_at = events.event(event_id).slug, now - timedelta(days=1)
    services.make(event_slug=slug, size=LARGEST, actor=SYSTEM, now=made_at)
    for group, guide in zip(queries.hold_groups(event_id), GUIDES, strict=True):
        services.name(
            group.id,
            event_slug=slug,
            words="",
            guide_id=ids.network.persons[guide],
            guide_text="",
            actor=SYSTEM,
            now=made_at,
        )
