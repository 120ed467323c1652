"""Keep what happened to practices at events."""

from __future__ import annotations

from datetime import datetime

from app.agenda.facts import AgendaChanged
from app.agenda.queries import item as agenda_item
from app.audit import services as audit
from app.events.services.access import hold_for_change
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network.actors import Actor
from app.practices import queries
from app.practices.errors import PracticeNotFound
from app.practices.inputs import UseInput
from app.practices.models import PracticeUse
from app.practices.permissions import may_edit


@transactional
def record_use(*, event_id: int, values: UseInput, actor: Actor, now: datetime) -> PracticeUse:
    """Write down what happened to a practice at an event; saying it again replaces notes and outcome.

    The link to the agenda item survives its editing and moving. Raises MayNotManage unless the actor manages the
    event, PracticeNotFound for one that is not published and not the actor's, ItemNotFound for another event's item.
    """
    hold_for_change(event_id, actor)
    practice = queries.practice(values.practice_id)
    if not practice.is_published and not may_edit(actor, practice.owner_id):
        raise PracticeNotFound(practice_id=practice.id)
    if values.agenda_item_id:
        agenda_item(event_id, values.agenda_item_id)
    use = queries.same_use(event_id, practice.id, values.agenda_item_id, values.act) or PracticeUse(
        practice_id=practice.id, event_id=event_id, agenda_item_id=values.agenda_item_id, act=values.act
    )
    use.notes, use.outcome = values.notes, values.outcome
    db.session.add(use)
    db.session.flush()
    record(AgendaChanged(event_id=event_id))
    return use


@transactional
def remove_use(*, event_id: int, use_id: int, actor: Actor, now: datetime) -> None:
    """Strike out what was written down; raises MayNotManage or UseNotFound."""
    event = hold_for_change(event_id, actor)
    use = queries.use(event_id, use_id)
    audit.note(
        "practice.use_removed",
        subject=f"event:{event.slug}",
        account_id=actor.account_id,
        now=now,
        practice_id=use.practice_id,
        act=use.act,
    )
    db.session.delete(use)
    record(AgendaChanged(event_id=event_id))
