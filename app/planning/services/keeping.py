"""The keeper of plans, as the agenda's own verbs know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.agenda.editor import after
from app.agenda.errors import ItemNotFound
from app.agenda.frozen import frozen
from app.agenda.keeping import Deed, Wanted
from app.agenda.models import AgendaItem
from app.agenda.rules import Trouble, parse_clock
from app.agenda.services.putting import keep_reason
from app.events.models import Event
from app.kernel.db import db
from app.network.actors import Actor
from app.planning import queries
from app.planning.models import PlanReason
from app.planning.reading import Planned, plan_of
from app.planning.rules import Held
from app.planning.services.carrying import carry, valid_reasons


class PlanKeeper:
    """See :class:`app.agenda.keeping.Keeper`."""

    def rows(self, event: Event) -> Sequence[AgendaItem]:
        return plan_of(event).rows

    def row(self, event: Event, item_id: int) -> AgendaItem:
        planned = plan_of(event)
        found = next((row for row in (*planned.rows, *planned.waiting) if row.id == item_id), None)
        if found is None:
            raise ItemNotFound(item_id=item_id)
        if found in planned.waiting:
            _propose_time(event, planned, found)
        return found

    def carry(
        self, event: Event, wanted: Wanted, *, deed: Deed, actor: Actor, now: datetime
    ) -> Mapping[str, AgendaItem]:
        after = {uid: Held(kept=frozen(values)) if values else None for uid, values in wanted.items()}
        return carry(event, plan_of(event), after, deed=deed, actor=actor, now=now)

    def reasons(self, event: Event) -> Mapping[tuple[int, str], str]:
        return valid_reasons(event.id, plan_of(event))

    def changeover(self, event: Event) -> int:
        return queries.changeover(event.id)

    def overrule(
        self, event: Event, row: AgendaItem, warning: Trouble, reason: str, *, actor: Actor, now: datetime
    ) -> None:
        if not plan_of(event).collects:
            keep_reason(row.id, warning, reason, account_id=actor.account_id, now=now)
            return
        kept = next(
            (one for one in queries.reasons(event.id) if (one.uid, one.warning) == (row.uid, warning)),
            PlanReason(event_id=event.id, uid=row.uid, warning=warning),
        )
        kept.reason, kept.account_id, kept.at = reason, actor.account_id, now
        db.session.add(kept)
        db.session.flush()


def _propose_time(event: Event, planned: Planned, row: AgendaItem) -> None:
    """What waits stands in its form where the next item most likely goes."""
    proposed = after(planned.rows, event)
    length = row.end_minute - row.start_minute
    row.day, row.start_minute = proposed["day"], parse_clock(proposed["starts"] or "09:00")
    row.end_minute = row.start_minute + length
