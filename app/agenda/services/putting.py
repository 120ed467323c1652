"""Bringing the agenda that everybody sees to what is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.agenda import queries
from app.agenda.facts import ItemCameBack, ItemTakenOff
from app.agenda.keeping import Wanted
from app.agenda.models import AgendaItem, Overruling
from app.agenda.reading import slot_of
from app.agenda.rules import Slot, Trouble
from app.agenda.services.writing import check, tell, write
from app.audit import services as audit
from app.events.models import Event
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network.actors import Actor

Face = tuple[Slot, int | None, int | None]


def put(
    event: Event,
    wanted: Wanted,
    *,
    actor: Actor,
    now: datetime,
    sequences: Mapping[str, int] | None = None,
    keeps_reasons: bool = False,
    tells_holders: bool = True,
) -> dict[str, AgendaItem]:
    """Bring items to what is wanted, all or none; SEQUENCE rises on exactly those with another time or place.

    What was overruled counts no longer where an item moved, unless it ``keeps_reasons``. ``sequences``: where those
    that were on the agenda once and come back go on. ``tells_holders``: whether those with a part in what moved are
    to be told by lower rooms. Raises UnknownReference, RoomElsewhere or Impossible with their field and item.
    """
    standing = {row.uid: row for row in queries.items(event.id) if row.uid in wanted}
    rows: dict[str, AgendaItem] = {}
    moved: list[AgendaItem] = []
    for uid, values in wanted.items():
        row = standing.get(uid)
        if values is None:
            if row:
                _take_off(event, row, actor=actor, now=now)
            continue
        if row is None:
            row = AgendaItem(event_id=event.id, uid=uid, sequence=(sequences or {}).get(uid, 0), created_at=now)
            write(row, event, values)
            db.session.add(row)
        else:
            before = face(row)
            with db.session.no_autoflush:
                write(row, event, values)
            if face(row) != before:
                moved.append(row)
        row.content_changed_at = now
        rows[uid] = row
    check(event, *rows.values())
    for uid in rows.keys() & (sequences or {}).keys() - standing.keys():
        record(ItemCameBack(event_id=event.id, item_id=rows[uid].id, uid=uid))
    _raise(moved, keeps_reasons=keeps_reasons)
    comes_or_goes = any((values is None) == (uid in standing) for uid, values in wanted.items())
    tell(event, moves=bool(moved) or comes_or_goes, moved=moved, tells_holders=tells_holders)
    return rows


def _raise(moved: Sequence[AgendaItem], *, keeps_reasons: bool) -> None:
    for row in moved:
        row.sequence += 1
    if not keeps_reasons:
        for accepted in queries.overrulings_of([row.id for row in moved]):
            db.session.delete(accepted)


def _take_off(event: Event, row: AgendaItem, *, actor: Actor, now: datetime) -> None:
    _let_go(row, now)
    db.session.delete(row)
    audit.note("agenda.removed", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, uid=row.uid)


@transactional
def _let_go(row: AgendaItem, now: datetime) -> None:
    """A verb of its own, so that those who heed the fact do so while the row still stands."""
    record(ItemTakenOff(event_id=row.event_id, item_id=row.id, at=now))


def face(row: AgendaItem) -> Face:
    """What raises SEQUENCE when it changes: time and place (RFC 5545, 3.8.7.4)."""
    return slot_of(row), row.room_id, row.stop.venue_id if row.stop else None


def keep_reason(item_id: int, warning: Trouble, reason: str, *, account_id: int | None, now: datetime) -> None:
    """Accept a warning of an item on the agenda; a second reason replaces the first."""
    accepted = queries.overruling(item_id, warning) or Overruling(item_id=item_id, warning=warning)
    accepted.reason, accepted.account_id, accepted.at = reason, account_id, now
    db.session.add(accepted)
    db.session.flush()
