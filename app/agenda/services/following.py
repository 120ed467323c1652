"""What happens to agendas when a venue is mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from app.agenda import queries
from app.agenda.facts import AgendaChanged
from app.agenda.models import AgendaItem
from app.kernel.db import transactional
from app.kernel.facts import record


@transactional
def follow_venue(*, moved_id: int | None, room_ids: Collection[int], now: datetime) -> None:
    """Raise the sequence of coming items in rooms of another name, and at stops that are found elsewhere now.

    ``moved_id``: the venue that moved; events that are held there are told of as a whole, so their items are left
    out. Only published events that are not over are looked at.
    """
    by_event: dict[int, list[AgendaItem]] = defaultdict(list)
    for item in queries.coming_items_at(moved_id=moved_id, room_ids=room_ids, now=now):
        item.sequence += 1
        item.content_changed_at = now
        by_event[item.event_id].append(item)
    for event_id, items in by_event.items():
        record(AgendaChanged(event_id=event_id, tells=True, moved_ids=frozenset(item.id for item in items)))
