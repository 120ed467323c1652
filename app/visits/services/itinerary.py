"""Changing an itinerary: one entry, and everything that follows from it, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.agenda import services
from app.agenda.models import AgendaItem
from app.events.models import Event
from app.events.services.access import hold_for_change
from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.visits import plans, queries
from app.visits.errors import ChangedMeanwhile
from app.visits.inputs import EntryInput
from app.visits.models import VisitEmergency


@transactional
def change_entry(*, event_id: int, item_id: int, values: EntryInput, state: str, actor: Actor, now: datetime) -> int:
    """Change an entry; what follows on its day moves along. Gives how many others moved.

    SEQUENCE rises on exactly those whose time or place differs afterwards. ``state``: how the plan stood for whoever
    decided (``plans.state_of``). Raises ChangedMeanwhile, BeforeThePrevious, and what ``rearrange`` of the agenda
    raises.
    """
    event, rows = _as_seen(event_id, state, actor)
    plan = plans.change(event, rows, plans.row_of(event, item_id), values)
    services.rearrange(event_id=event_id, slots=plan.slots, entry=plan.entry, entry_id=item_id, actor=actor, now=now)
    return len(plan.others)


@transactional
def add_entry(
    *, event_id: int, after_id: int | None, day: int, values: EntryInput, state: str, actor: Actor, now: datetime
) -> int:
    """Put a stop or a leg behind an entry (or first on a day); gives how many others moved. Raises as above."""
    event, rows = _as_seen(event_id, state, actor)
    after = plans.row_of(event, after_id) if after_id else None
    plan = plans.addition(event, rows, after, after.day if after else day, values)
    services.rearrange(event_id=event_id, slots=plan.others, entry=plan.entry, actor=actor, now=now)
    return len(plan.others)


@transactional
def turn_round(*, event_id: int, item_id: int, earlier: bool, state: str, actor: Actor, now: datetime) -> int:
    """Let a stop change places with the one before it, or after it; gives how many entries moved.

    The legs around them begin and end where the stops are now (``rules/ends``); their minutes stay.

    Raises ChangedMeanwhile, NothingToSwap, SideBySide, and what ``rearrange`` raises.
    """
    event, rows = _as_seen(event_id, state, actor)
    plan = plans.turn(event, rows, plans.row_of(event, item_id), earlier=earlier)
    services.rearrange(event_id=event_id, slots=plan.slots, others=plan.legs, actor=actor, now=now)
    return len(plan.slots)


@transactional
def name_emergency(*, event_id: int, name: str, phone: str, actor: Actor) -> None:
    """Whom participants call when something goes wrong; two empty texts name nobody. Raises MayNotManage."""
    hold_for_change(event_id, actor)
    standing = queries.emergency_of(event_id)
    if not name and not phone:
        if standing:
            db.session.delete(standing)
    elif standing:
        standing.name, standing.phone = name, phone
    else:
        db.session.add(VisitEmergency(event_id=event_id, name=name, phone=phone))


def _as_seen(event_id: int, state: str, actor: Actor) -> tuple[Event, Sequence[AgendaItem]]:
    event = hold_for_change(event_id, actor)
    rows = plans.rows_of(event)
    if plans.state_of(rows) != state:
        raise ChangedMeanwhile
    return event, rows
