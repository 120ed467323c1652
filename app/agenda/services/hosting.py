"""What the house that a visit comes to asks of its guests."""

from __future__ import annotations

from datetime import datetime

from app.agenda import queries
from app.agenda.inputs import HouseTerms
from app.agenda.services.writing import tell
from app.events import queries as events
from app.kernel.db import db, transactional


@transactional
def keep_house_terms(*, event_id: int, item_id: int, terms: HouseTerms, now: datetime) -> bool:
    """Write what a host said into its stop; gives whether anything differs from what stood there.

    Neither time nor place moves, so SEQUENCE stays. Who may say it is decided by the caller, who knows the host's
    link. Raises EventNotFound, or ItemNotFound also for an item that is no stop.
    """
    event = events.lock_event(event_id)
    row = queries.stop_item(event_id, item_id)
    stop = row.stop
    before = {name: getattr(stop, name) for name in HouseTerms.__slots__}
    said = {name: getattr(terms, name) for name in HouseTerms.__slots__}
    said["protective_equipment"] = list(terms.protective_equipment)
    if said == before:
        return False
    for name, value in said.items():
        setattr(stop, name, value)
    row.content_changed_at = now
    db.session.flush()
    tell(event, moves=False)
    return True
