from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.forums.models import TableOutput
from app.kernel.db import db
from app.kernel.texts import Texts


def output_of(item_id: int) -> TableOutput | None:
    return db.session.get(TableOutput, item_id)


def released(event_id: int) -> Sequence[Row[int, Texts, str]]:
    """Item, title and text of the outputs that participants may read, in the order of the agenda."""
    return db.session.execute(
        select(AgendaItem.id, AgendaItem.title, TableOutput.text)
        .join(TableOutput, TableOutput.item_id == AgendaItem.id)
        .where(
            TableOutput.event_id == event_id,
            TableOutput.released_at.is_not(None),
            AgendaItem.kind == ItemKind.WORKING_TABLE,
        )
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
    ).all()
