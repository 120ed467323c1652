"""What is remembered of items that leave the agenda, and given back when they return."""

from __future__ import annotations

from app.agenda import queries as agenda
from app.kernel.db import db, transactional
from app.planning import queries
from app.planning.models import FormerItem


@transactional
def keep_what_belongs(event_id: int, item_id: int) -> None:
    """Keep where an item's calendar entry left off, and what belongs to it, in case the same item comes back."""
    item = agenda.item(event_id, item_id)
    row = queries.former_item(event_id, item.uid) or FormerItem(event_id=event_id, uid=item.uid)
    row.sequence, row.bound = item.sequence, queries.bound_to(item_id)
    db.session.add(row)
    db.session.flush()


@transactional
def give_back(event_id: int, item_id: int, uid: str) -> None:
    """Give an item that came back what belonged to it, unless that was put elsewhere in the meantime."""
    row = queries.former_item(event_id, uid)
    if row:
        queries.bind_again(row.bound, item_id)
        row.bound = {}
