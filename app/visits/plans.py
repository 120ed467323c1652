"""What would move if something of an itinerary were changed: worked out on rows that are read, nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.agenda.checks import findings
from app.agenda.errors import Impossible, UnknownReference
from app.agenda.groups import group_size
from app.agenda.inputs import ItemInput, StopInput
from app.agenda.keeping import keeper
from app.agenda.models import AgendaItem
from app.agenda.reading import input_of, part_of, slot_of, span_of
from app.agenda.rules import Finding, ItemKind, Part, Slot, Span, Trouble, minute_here
from app.events.models import Event
from app.kernel.dates import NoSuchTime, UnknownZone, zone
from app.kernel.texts import Texts
from app.visits.inputs import EntryInput
from app.visits.rules import ends, times
from app.visits.rules.times import Step, Times

NEW = 0  # the id, in a plan, of what is not there yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``slots``: the times of what moves, by item. ``entry``: what the changed or new item would say.

    ``legs``: what legs would say that lead elsewhere now.
    """

    slots: Mapping[int, Slot]
    entry: ItemInput | None = None
    item_id: int = NEW
    legs: Mapping[int, ItemInput] = field(default_factory=dict)

    @property
    def others(self) -> dict[int, Slot]:
        """What moves besides the changed item."""
        return {item_id: slot for item_id, slot in self.slots.items() if item_id != self.item_id}


def state_of(rows: Sequence[AgendaItem]) -> str:
    """A mark of how the agenda stands; another one says that somebody changed it."""
    told = ";".join(f"{row.id}:{row.sequence}:{row.content_changed_at.isoformat()}" for row in rows)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def change(event: Event, rows: Sequence[AgendaItem], row: AgendaItem, values: EntryInput) -> Plan:
    """An entry at another time, or of another length. Raises BeforeThePrevious, and Impossible for no such time."""
    span, steps = span_of(event), steps_of(event, rows, row.day)
    changed = next((step for step in steps if step.id == row.id), None)
    slot, begins = _start(span, replace(slot_of(row), start_minute=values.starts))
    ends = begins + values.minutes
    if changed is None:  # its own time does not exist: nothing hangs on it
        moved: Times = {row.id: (begins, ends)}
    else:
        moved = times.retimed(steps, changed, begins=begins, ends=ends, pauses=values.pauses)
    own = times.slot_at(slot, begins, ends, span)
    return Plan(slots=_slots(rows, moved, span), entry=_entry(input_of(row), own, values, span), item_id=row.id)


def addition(event: Event, rows: Sequence[AgendaItem], after: AgendaItem | None, day: int, values: EntryInput) -> Plan:
    """A new stop or leg behind an entry. Raises as :func:`change`."""
    span = span_of(event)
    steps = steps_of(event, rows, day)
    behind = next((step for step in steps if after and step.id == after.id), None)
    here = zone_behind(after)
    slot, begins = _start(span, Slot(day=day, start_minute=values.starts, end_minute=values.starts + 1, zone=here))
    ends = begins + values.minutes
    moved = times.inserted(steps, behind, begins=begins, ends=ends, is_leg=values.leg is not None, pauses=values.pauses)
    kind = ItemKind.TRANSFER if values.leg else ItemKind.SITE_VISIT
    blank = ItemInput(slot=slot, kind=kind, title=Texts(), stop=None if values.leg else StopInput())
    own = times.slot_at(slot, begins, ends, span)
    return Plan(slots=_slots(rows, moved, span), entry=_entry(blank, own, values, span))


def turn(event: Event, rows: Sequence[AgendaItem], row: AgendaItem, *, earlier: bool) -> Plan:
    """A stop and its neighbour change places. Raises NothingToSwap or SideBySide."""
    span = span_of(event)
    steps = steps_of(event, rows, row.day)
    moved = times.swapped(steps, row.id, earlier=earlier)
    return Plan(slots=_slots(rows, moved, span), item_id=row.id, legs=_turned_legs(rows, steps, row, earlier=earlier))


def rows_of(event: Event) -> Sequence[AgendaItem]:
    """The entries as they are planned, in the order of time."""
    return keeper().rows(event)


def row_of(event: Event, item_id: int) -> AgendaItem:
    """An entry as it is planned; raises ItemNotFound."""
    return keeper().row(event, item_id)


def steps_of(event: Event, rows: Sequence[AgendaItem], day: int) -> list[Step]:
    """The entries of a day in the order of time."""
    span = span_of(event)
    steps = (
        times.step_of(row.id, slot_of(row), span, is_leg=row.leg is not None, is_stop=row.stop is not None)
        for row in rows
        if row.day == day
    )
    return times.in_order(step for step in steps if step)


def zone_behind(after: AgendaItem | None) -> str | None:
    """The zone in which what follows an entry begins: where a leg arrives, else the entry's own."""
    if after is None:
        return None
    return (after.leg.arrival_timezone if after.leg else None) or after.timezone


def troubles_after(event: Event, rows: Sequence[AgendaItem], plan: Plan) -> list[Finding]:
    """What would be the matter afterwards and is not the matter now, errors first. The new entry has the id NEW."""
    span, size = span_of(event), group_size(event.id)
    before = [part_of(row) for row in rows]
    known = {(found.item_id, found.trouble) for found in findings(before, span, group_size=size)}
    after = [replace(part, slot=plan.slots.get(part.id, part.slot)) for part in before]
    if plan.entry and plan.item_id == NEW:
        after.append(_part(plan.entry, span))
    found = findings(after, span, group_size=size)
    return [one for one in found if (one.item_id, one.trouble) not in known]


def _turned_legs(
    rows: Sequence[AgendaItem], steps: Sequence[Step], row: AgendaItem, *, earlier: bool
) -> dict[int, ItemInput]:
    """The legs around two stops with their new ends; across a border they stay, since a clock hangs on each end."""
    known = {one.id: one for one in rows}
    before, between, after = (
        [known[step.id] for step in part] for part in times.around(steps, row.id, earlier=earlier)
    )
    near = [*before[-1:], *between, *after[:1]]
    if any(one.leg and one.leg.arrival_timezone for one in near):
        return {}
    was = {one.id: _ends(one) for one in near}
    turned = ends.turned(
        was[before[-1].id] if before else None, [was[one.id] for one in between], was[after[0].id] if after else None
    )
    return {now.id: _with_ends(input_of(known[now.id]), was[now.id], now) for now in turned}


def _ends(row: AgendaItem) -> ends.Ends:
    leg = row.leg
    assert leg is not None  # noqa: S101 - only legs are asked
    return ends.Ends(
        id=row.id, departs_from=leg.departs_from, arrives_at=leg.arrives_at, meeting_point=leg.meeting_point
    )


def _with_ends(values: ItemInput, was: ends.Ends, now: ends.Ends) -> ItemInput:
    leg = values.leg and replace(
        values.leg,
        departs_from=now.departs_from,
        arrives_at=now.arrives_at,
        meeting_point=now.meeting_point,
        distance_km=None if ends.is_other_way(was, now) else values.leg.distance_km,
    )
    return replace(values, title=Texts(ends.renamed(values.title, was, now)), leg=leg)


def _start(span: Span, slot: Slot) -> tuple[Slot, int]:
    slot = replace(slot, end_minute=slot.start_minute + 1)
    try:
        return slot, span.place(replace(slot, end_minute=slot.start_minute))[0]
    except NoSuchTime as error:
        raise Impossible(Trouble.NO_SUCH_TIME, field="starts") from error


def _slots(rows: Sequence[AgendaItem], moved: Times, span: Span) -> dict[int, Slot]:
    by_id = {row.id: slot_of(row) for row in rows}
    return {item_id: times.slot_at(by_id[item_id], begins, ends, span) for item_id, (begins, ends) in moved.items()}


def _entry(known: ItemInput, slot: Slot, values: EntryInput, span: Span) -> ItemInput:
    """The item with what was typed; the end of a leg as the clock shows it where it arrives."""
    there = values.leg.arrival_timezone if values.leg else None
    end = slot.end_minute
    if there:
        try:
            zone(there)
            end = minute_here(span, slot.day, end, there=slot.zone or span.zone, here=there)
        except UnknownZone as error:
            raise UnknownReference(field="arrival_timezone") from error
        except NoSuchTime as error:
            raise Impossible(Trouble.NO_SUCH_TIME, field="minutes") from error
    stop = known.stop and replace(known.stop, host_id=values.host_id, venue_id=values.venue_id)
    return replace(
        known,
        slot=replace(slot, end_minute=end),
        title=known.title if values.title is None else values.title,
        stop=stop,
        leg=values.leg,
    )


def _part(entry: ItemInput, span: Span) -> Part:
    slot = entry.slot
    there = entry.leg.arrival_timezone if entry.leg else None
    if there:  # what was turned to the clock of the arrival is compared in one zone
        end = minute_here(span, slot.day, slot.end_minute, there=there, here=slot.zone)
        slot = replace(slot, end_minute=end)
    return Part(
        id=NEW,
        slot=slot,
        kind=entry.kind,
        venue_id=entry.stop.venue_id if entry.stop else None,
        is_leg=entry.leg is not None,
        is_stop=entry.stop is not None,
    )
