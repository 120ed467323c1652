"""Record what a working table came to, and let its participants read it."""

from __future__ import annotations

from datetime import datetime

from app.agenda.rules import ItemKind
from app.audit import services as audit
from app.events.services import manageable_event
from app.forums.errors import OutputMissing
from app.forums.models import TableOutput
from app.forums.queries import outputs as queries
from app.forums.queries import parts
from app.kernel.db import db, transactional
from app.network.actors import Actor


@transactional
def record(*, event_slug: str, item_id: int, text: str, is_released: bool, actor: Actor, now: datetime) -> None:
    """Keep the output of a table; ``is_released``: participants of the event may read it.

    Raises MayNotManage, FormatNotFound, OutputMissing where nothing would be released.
    """
    event = manageable_event(event_slug, actor)
    parts.part(event.id, item_id, ItemKind.WORKING_TABLE)
    if is_released and not text.strip():
        raise OutputMissing(field="text")
    row = queries.output_of(item_id)
    if row is None:
        row = TableOutput(item_id=item_id, event_id=event.id)
        db.session.add(row)
    row.text, row.changed_at, row.account_id = text, now, actor.account_id
    row.released_at = (row.released_at or now) if is_released else None
    audit.note(
        "table.output_recorded",
        subject=f"event:{event.id}",
        account_id=actor.account_id,
        now=now,
        item=item_id,
        released=is_released,
    )
