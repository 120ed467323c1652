from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.forums.models import TableOutput
from app.kernel.db import db
from app.kernel.texts import Texts


def output_of(item_id: int) -> TableOutput | None:
    return db.session.get(TableOutput, item_id)


def hold_output(item_id: int) -> TableOutput | None:
    """The same, so that nobody else writes before the transaction ends."""
    return db.session.scalar(select(TableOutput).where(TableOutput.item_id == item_id).with_for_update(of=TableOutput))


def output_with(public_id: str) -> TableOutput | None:
    """By the public part of the rapporteur's link, with its part of the agenda."""
    return db.session.scalar(
        select(TableOutput)
        .where(TableOutput.public_id == public_id)
        .options(joinedload(TableOutput.item).joinedload(AgendaItem.event))
    )


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
