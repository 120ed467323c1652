"""What an organiser does on the board."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app.agenda.errors import ItemNotFound
from app.agenda.frozen import frozen, thawed
from app.agenda.inputs import ItemInput
from app.agenda.keeping import Deed
from app.agenda.rules import DAY, ItemKind, Slot
from app.agenda.sign_ups import sign_ups
from app.events.models import Event
from app.events.services.access import hold_for_change
from app.kernel.db import transactional
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.planning import queries
from app.planning.errors import (
    NothingToRedo,
    NothingToUndo,
    OutOfDay,
    Overtaken,
    TakesSignUps,
    TimeMissing,
)
from app.planning.models import PlanStep
from app.planning.reading import Planned, plan_of
from app.planning.rules import LONGEST_ITEM, Held, StepState, Wish, from_json, patched
from app.planning.services.carrying import carry, hold_plan

SHORTEST_ITEM = 5


@transactional
def move(*, event_id: int, key: str, wish: Wish, version: int, actor: Actor, now: datetime) -> int:
    """Move an item in time, to another column or another day, make it longer or shorter, or give it a time at last.

    ``key`` is its UID, ``version`` the one of the plan that the organiser saw. Gives the version there is now. Raises
    ItemNotFound, Overtaken where the same item was changed since, TimeMissing for one that waits, OutOfDay; where
    changes are seen at once also Impossible; UnknownReference, RoomElsewhere, MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    planned = plan_of(event)
    held = _seen(planned, event_id, key, version)
    if held.waits and (wish.day is None or wish.start is None):
        raise TimeMissing(field="starts")
    values = _in_bounds(wish.of(thawed(held.kept)))
    after = {key: Held(kept=frozen(values))}
    carry(event, planned, after, deed=Deed.PLACED if held.waits else Deed.MOVED, actor=actor, now=now)
    return _version(event_id)


@transactional
def set_aside(*, event_id: int, key: str, version: int, actor: Actor, now: datetime) -> int:
    """Take an item's time from it and keep it beside the board.

    Raises TakesSignUps where changes are seen at once and people sign up for it; ItemNotFound, Overtaken, MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    planned = plan_of(event)
    held = _seen(planned, event_id, key, version)
    _check_no_sign_ups(event, planned, [key])
    carry(event, planned, {key: Held(kept=held.kept, waits=True)}, deed=Deed.SET_ASIDE, actor=actor, now=now)
    return _version(event_id)


@transactional
def note_down(
    *, event_id: int, title: Texts, kind: ItemKind, minutes: int, actor: Actor, now: datetime
) -> tuple[str, int]:
    """Keep an item without a time beside the board; gives its key and the version. Raises OutOfDay, MayNotManage."""
    event = hold_for_change(event_id, actor)
    uid = new_uid()
    values = _in_bounds(ItemInput(slot=Slot(day=0, start_minute=0, end_minute=minutes), kind=kind, title=title))
    after = {uid: Held(kept=frozen(values), waits=True)}
    carry(event, plan_of(event), after, deed=Deed.NOTED_DOWN, actor=actor, now=now)
    return uid, _version(event_id)


@transactional
def leave_between(*, event_id: int, minutes: int, actor: Actor) -> None:
    """Want these minutes between two items in a room, and be warned of less; raises MayNotManage."""
    hold_for_change(event_id, actor)
    hold_plan(event_id).changeover = minutes


@transactional
def undo(*, event_id: int, version: int, actor: Actor, now: datetime) -> int:
    """Take the last change back; gives the version there is now.

    Raises NothingToUndo, Overtaken when somebody changed anything since, TakesSignUps, Impossible, MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    step = queries.step_to_undo(event_id)
    if step is None:
        raise NothingToUndo
    return _again(event, step, version, back=True, actor=actor, now=now)


@transactional
def redo(*, event_id: int, version: int, actor: Actor, now: datetime) -> int:
    """Do again what was undone last; raises NothingToRedo, and what :func:`undo` raises."""
    event = hold_for_change(event_id, actor)
    step = queries.step_to_redo(event_id)
    if step is None:
        raise NothingToRedo
    return _again(event, step, version, back=False, actor=actor, now=now)


def _again(event: Event, step: PlanStep, version: int, *, back: bool, actor: Actor, now: datetime) -> int:
    planned = plan_of(event)
    if planned.version != version:
        raise Overtaken(version=planned.version, since=version)
    first, second = from_json(step.before), from_json(step.after)
    if back:
        first, second = second, first
    after = {uid: patched(planned.held.get(uid), before=first[uid], after=second[uid]) for uid in second}
    _check_no_sign_ups(event, planned, [uid for uid, held in after.items() if held is None or held.waits])
    step.state = StepState.UNDONE if back else StepState.DONE
    deed = Deed.UNDONE if back else Deed.REDONE
    carry(event, planned, after, deed=deed, of_deed=step.deed, marks=StepState.PASSED, actor=actor, now=now)
    return _version(event.id)


def _seen(planned: Planned, event_id: int, key: str, version: int) -> Held:
    """The item, as whoever saw that version knows it."""
    if any(key in step.before for step in queries.steps_since(event_id, version)):
        raise Overtaken(key=key, version=planned.version, since=version)
    if key not in planned.held:
        raise ItemNotFound(key=key)
    return planned.held[key]


def _in_bounds(values: ItemInput) -> ItemInput:
    slot = values.slot
    minutes = slot.end_minute - slot.start_minute
    if slot.day < 0 or slot.day > 366 or not 0 <= slot.start_minute < DAY:
        raise OutOfDay(field="starts")
    if not SHORTEST_ITEM <= minutes <= LONGEST_ITEM:
        raise OutOfDay(field="minutes")
    return values


def _check_no_sign_ups(event: Event, planned: Planned, keys: Collection[str]) -> None:
    """Places are lost with their item: what is seen at once does not leave the agenda by a slip of the hand."""
    if planned.collects:
        return
    taking = sign_ups(event.id)
    for key in keys:
        item = planned.valid.get(key)
        if item and item.id in taking:
            raise TakesSignUps(people=len(taking[item.id]))


def _version(event_id: int) -> int:
    plan = queries.plan(event_id)
    return plan.version if plan else 0
