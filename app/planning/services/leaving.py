"""What is remembered of items that leave the agenda."""

from __future__ import annotations

from app.agenda import queries as agenda
from app.kernel.db import db, transactional
from app.planning import queries
from app.planning.models import FormerItem


@transactional
def keep_sequence(event_id: int, item_id: int) -> None:
    """Keep where an item's calendar entry left off, in case the same item comes back."""
    item = agenda.item(event_id, item_id)
    row = queries.former_item(event_id, item.uid) or FormerItem(event_id=event_id, uid=item.uid)
    row.sequence = item.sequence
    db.session.add(row)
    db.session.flush()
