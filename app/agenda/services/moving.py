"""Several items to times of their own at once, because one of them was changed, added or put elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from app.agenda.inputs import ItemInput
from app.agenda.keeping import Deed, keeper
from app.agenda.models import AgendaItem
from app.agenda.reading import input_of
from app.agenda.rules import Slot
from app.agenda.services.writing import settled
from app.events.services.access import hold_for_change
from app.kernel.db import transactional
from app.kernel.ids import new_uid
from app.network.actors import Actor


@transactional
def rearrange(
    *,
    event_id: int,
    slots: Mapping[int, Slot],
    entry: ItemInput | None = None,
    entry_id: int | None = None,
    others: Mapping[int, ItemInput] | None = None,
    actor: Actor,
    now: datetime,
) -> AgendaItem | None:
    """Give items, by their ids, other times, and one of them (or a new one) other values; all or none.

    ``slots`` end in the zone of their item; ``entry`` is as a form says it; ``others`` say what items that nobody
    opened in a form are besides their times, the end in their own zone. SEQUENCE rises on exactly those whose
    time or place differs afterwards. Gives the row of ``entry``. Raises Impossible with the item that would leave the
    event or meet another, RoomElsewhere, UnknownReference, ItemNotFound, MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    plan, said = keeper(), others or {}
    rows = {item_id: plan.row(event, item_id) for item_id in {*slots, *said} - {entry_id}}
    values = {item_id: said.get(item_id) or input_of(row) for item_id, row in rows.items()}
    wanted = {row.uid: replace(values[id_], slot=slots.get(id_, values[id_].slot)) for id_, row in rows.items()}
    uid, deed = "", Deed.MOVED
    if entry is not None:
        uid, deed = (plan.row(event, entry_id).uid, Deed.CHANGED) if entry_id else (new_uid(), Deed.ADDED)
        wanted[uid] = settled(event, entry)
    kept = plan.carry(event, wanted, deed=deed, actor=actor, now=now) if wanted else {}
    return kept.get(uid)
