"""Forgetting in time what was only needed for the event; keeping answers while their item is away."""

from __future__ import annotations

from datetime import datetime

from app.agenda import queries as agenda
from app.agenda.rules import AgendaRole
from app.kernel.db import transactional
from app.speakers import queries
from app.speakers.rules import former_key, former_prefix, part_key

BATCH = 500


@transactional
def erase_needs(*, before: datetime, now: datetime) -> int:
    """Forget travel, diet, access and absences of events that ended before; how many people were concerned."""
    rows = queries.with_needs_of_events_over_before(before, BATCH)
    for row in rows:
        row.travel = row.diet = row.access = None
        row.absences = []
        row.needs_erased_at = now
    return len(rows)


@transactional
def lay_answers_by(event_id: int, item_id: int) -> None:
    """Keep what was answered about an item that leaves the agenda; nobody is shown for it meanwhile."""
    uid = agenda.item(event_id, item_id).uid
    for row in queries.answers_about(item_id):
        row.part, row.item_id = former_key(row.part, uid), None


@transactional
def take_answers_up(event_id: int, item_id: int, uid: str) -> None:
    """What was answered counts again; where the item has another time or room now, it is to be confirmed."""
    for row in queries.answers_laid_by(event_id, former_prefix(uid)):
        row.part = part_key(AgendaRole(row.part.rpartition(":")[2]), item_id)
        row.item_id = item_id
