"""Forgetting in time what was only needed for the event."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import transactional
from app.speakers import queries

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
