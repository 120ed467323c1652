"""Bringing a plan to what is wanted: at once where changes are seen at once, else laid by until the next release.

Every change becomes a step, so that it can be told and undone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from app.agenda import queries as agenda
from app.agenda.checks import findings
from app.agenda.errors import Impossible
from app.agenda.frozen import frozen, thawed
from app.agenda.inputs import ItemInput
from app.agenda.keeping import Deed, Wanted
from app.agenda.models import AgendaItem
from app.agenda.reading import input_of, part_of, slot_of, span_of
from app.agenda.rules import ERRORS, Slot, Trouble
from app.agenda.services.putting import put
from app.agenda.services.writing import FIELDS, write
from app.events.models import Event
from app.kernel.db import db
from app.network.actors import Actor
from app.planning import queries
from app.planning.models import Plan, PlanItem, PlanStep
from app.planning.reading import Planned, plan_of
from app.planning.rules import Held, StepState, in_json

After = Mapping[str, Held | None]

# what meets in a room or in a person is sorted out on the board; every other error is one at any stage of planning
_SORTED_OUT = frozenset({Trouble.ROOM_TAKEN, Trouble.PERSON_TWICE})


def hold_plan(event_id: int) -> Plan:
    """The plan of an event that is held for change."""
    plan = queries.plan(event_id)
    if plan is None:
        plan = Plan(event_id=event_id, version=0, collects=False)
        db.session.add(plan)
    return plan


def wanted_of(after: After) -> dict[str, ItemInput | None]:
    """What shall be on the agenda: nothing of what waits."""
    return {uid: thawed(held.kept) if held and not held.waits else None for uid, held in after.items()}


def carry(
    event: Event,
    planned: Planned,
    after: After,
    *,
    deed: Deed,
    actor: Actor,
    now: datetime,
    marks: StepState = StepState.DONE,
    of_deed: Deed | None = None,
) -> Mapping[str, AgendaItem]:
    """Bring items of a plan that was just read to what they shall be, and note the step; their rows by UID.

    Raises what ``agenda.services.putting.put`` raises; a plan that is laid by refuses what does not exist and times
    that cannot be, while rooms and people may meet until it is released.
    """
    before = {uid: planned.held.get(uid) for uid in after}
    if planned.collects:
        _lay_by(event, planned, after, deed=deed, now=now)
    else:
        _carry_out(event, planned, after, deed=deed, actor=actor, now=now)
    db.session.flush()
    made = plan_of(event)
    if planned.collects and deed not in (Deed.UNDONE, Deed.REDONE):
        _check_times(event, made, after)
    stands = {uid: made.held.get(uid) for uid in after}
    if before != stands:
        step = PlanStep(event_id=event.id, deed=deed, of_deed=of_deed, state=marks, account_id=actor.account_id, at=now)
        _note(step, before, stands)
    return {row.uid: row for row in (*made.rows, *made.waiting)}


def _carry_out(event: Event, planned: Planned, after: After, *, deed: Deed, actor: Actor, now: datetime) -> None:
    wanted = wanted_of(after)
    concerned: Wanted = {uid: values for uid, values in wanted.items() if values or uid in planned.valid}
    if concerned:
        known = queries.former_sequences(event.id, concerned.keys() - planned.valid.keys())
        sequences = {uid: sequence + 1 for uid, sequence in known.items()}
        put(event, concerned, actor=actor, now=now, sequences=sequences, keeps_reasons=deed is Deed.SHIFTED)
    overlays = {row.uid: row for row in queries.plan_items(event.id)}
    for uid, held in after.items():
        if held and held.waits:
            _lay(event.id, overlays.get(uid), uid, _checked(event, held), base=None, now=now)
        elif uid in overlays:
            db.session.delete(overlays[uid])


def _lay_by(event: Event, planned: Planned, after: After, *, deed: Deed, now: datetime) -> None:
    overlays = {row.uid: row for row in queries.plan_items(event.id)}
    for uid, held in after.items():
        item, overlay = planned.valid.get(uid), overlays.get(uid)
        stands = Held(kept=frozen(input_of(item))) if item else None
        checked = _checked(event, held) if held else None
        if checked == stands:
            if overlay:
                db.session.delete(overlay)
        else:
            _lay(event.id, overlay, uid, checked, base=stands.kept if stands else None, now=now)
    if deed is not Deed.SHIFTED:
        _forget_reasons(event.id, {uid for uid, held in after.items() if _moves(planned.held.get(uid), held)})


def _check_times(event: Event, made: Planned, after: After) -> None:
    written = {row.id for row in made.rows if row.uid in after}
    for found in findings([part_of(row) for row in made.rows], span_of(event)):
        if found.item_id in written and found.trouble in ERRORS - _SORTED_OUT:
            raise Impossible(found.trouble, field=FIELDS.get(found.trouble, "ends"), item_id=found.item_id)


def _lay(
    event_id: int,
    overlay: PlanItem | None,
    uid: str,
    held: Held | None,
    *,
    base: dict[str, object] | None,
    now: datetime,
) -> None:
    row = overlay or PlanItem(event_id=event_id, uid=uid)
    row.kept, row.waits = (held.kept, held.waits) if held else (None, False)
    row.base, row.changed_at = base, now
    db.session.add(row)


def _checked(event: Event, held: Held) -> Held:
    """The same with what an item gets when it is written; raises UnknownReference or RoomElsewhere."""
    row = AgendaItem(event_id=event.id)
    with db.session.no_autoflush:
        write(row, event, thawed(held.kept))
    return Held(kept=frozen(input_of(row)), waits=held.waits)


def _moves(before: Held | None, after: Held | None) -> bool:
    return _place(before) != _place(after)


def _place(held: Held | None) -> tuple[Slot, int | None, int | None] | None:
    if held is None or held.waits:
        return None
    values = thawed(held.kept)
    return values.slot, values.room_id, values.stop.venue_id if values.stop else None


def _forget_reasons(event_id: int, uids: Collection[str]) -> None:
    for row in queries.reasons(event_id):
        if row.uid in uids:
            db.session.delete(row)


def _note(step: PlanStep, before: After, after: After) -> None:
    plan = hold_plan(step.event_id)
    if step.deed not in (Deed.UNDONE, Deed.REDONE):
        queries.let_pass(step.event_id, StepState.UNDONE)
    plan.version += 1
    step.version, step.before, step.after = plan.version, in_json(before), in_json(after)
    db.session.add(step)
    db.session.flush()


def place_differs(row: AgendaItem, item: AgendaItem | None) -> bool:
    """Whether an item is planned at another time or place than it has on the agenda."""
    if item is None:
        return True
    return (slot_of(row), row.room_id) != (slot_of(item), item.room_id)


def valid_reasons(event_id: int, planned: Planned) -> dict[tuple[int, str], str]:
    """Why warnings were accepted, by item and warning, as long as the item stands where it stood then."""
    valid_ids = {item.id: item for item in planned.valid.values()}
    rows = {row.id: row for row in planned.rows}
    found = {
        (one.item_id, one.warning): one.reason
        for one in agenda.overrulings(event_id)
        if one.item_id in rows and not place_differs(rows[one.item_id], valid_ids.get(one.item_id))
    }
    by_uid = {row.uid: row.id for row in planned.rows}
    return found | {
        (by_uid[one.uid], one.warning): one.reason for one in queries.reasons(event_id) if one.uid in by_uid
    }
