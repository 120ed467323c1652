"""The plan of an event: its agenda as it is valid, with everything that is planned otherwise laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.agenda import queries as agenda
from app.agenda.frozen import Frozen, frozen, thawed
from app.agenda.inputs import ItemInput
from app.agenda.models import AgendaItem, AgendaPerson, Leg, Stop
from app.agenda.reading import input_of
from app.events.models import Event
from app.planning import queries
from app.planning.models import PlanItem
from app.planning.rules import Held, merged


@dataclass(frozen=True, kw_only=True)
class Planned:
    """``rows`` are on the agenda of the plan, in the order of time; ``waiting`` have no time yet.

    What stands on the agenda as it is planned is the stored row itself. ``gone``: what the next release takes off.
    """

    version: int
    collects: bool
    valid: dict[str, AgendaItem]
    rows: tuple[AgendaItem, ...]
    waiting: tuple[AgendaItem, ...]
    overlaid: frozenset[str]

    @cached_property
    def held(self) -> dict[str, Held]:
        """Every item of the plan as a value, by UID."""
        placed = {row.uid: Held(kept=frozen(input_of(row))) for row in self.rows}
        return placed | {row.uid: Held(kept=frozen(input_of(row)), waits=True) for row in self.waiting}

    @property
    def gone(self) -> set[str]:
        here = {row.uid for row in (*self.rows, *self.waiting)}
        return self.valid.keys() - here

    @property
    def pending(self) -> set[str]:
        """What the next release changes: it differs from the agenda, or leaves it."""
        placed = {row.uid for row in self.rows}
        return {uid for uid in self.overlaid if uid in self.valid or uid in placed}


def plan_of(event: Event) -> Planned:
    """The plan of an event, in a fixed number of queries."""
    plan, items = queries.plan(event.id), agenda.items(event.id)
    overlays = {row.uid: row for row in queries.plan_items(event.id)}
    valid = {item.uid: item for item in items}
    rows = [item for item in items if item.uid not in overlays]
    made = _rows_of((overlay, valid.get(overlay.uid)) for overlay in overlays.values() if overlay.kept)
    rows += [row for row in made if not overlays[row.uid].waits]
    return Planned(
        version=plan.version if plan else 0,
        collects=bool(plan and plan.collects),
        valid=valid,
        rows=tuple(sorted(rows, key=lambda row: (row.day, row.start_minute, row.end_minute, row.id))),
        waiting=tuple(row for row in made if overlays[row.uid].waits),
        overlaid=frozenset(overlays),
    )


def _rows_of(overlays: Iterable[tuple[PlanItem, AgendaItem | None]]) -> list[AgendaItem]:
    """Rows of no session, with the same relations as stored ones."""
    wanted = [(overlay, item, _values(overlay, item)) for overlay, item in overlays]
    load = _Related([values for _overlay, _item, values in wanted])
    return [_row(overlay, item, values, load) for overlay, item, values in wanted]


def _values(overlay: PlanItem, item: AgendaItem | None) -> ItemInput:
    kept: Frozen = overlay.kept or {}
    return thawed(merged(overlay.base, kept, frozen(input_of(item))) if item else kept)


class _Related:
    """Everything that some items refer to, in at most four queries."""

    def __init__(self, items: Sequence[ItemInput]) -> None:
        stops = [one.stop for one in items if one.stop]
        parts = [part for one in items for part in one.persons]
        organisations = [part.organisation_id for part in parts] + [stop.host_id for stop in stops]
        self.rooms = queries.rooms_by_id({one.room_id for one in items if one.room_id})
        self.venues = queries.venues_by_id({stop.venue_id for stop in stops if stop.venue_id})
        self.persons = queries.persons_by_id({part.person_id for part in parts})
        self.organisations = queries.organisations_by_id({one for one in organisations if one})


def _row(overlay: PlanItem, item: AgendaItem | None, values: ItemInput, load: _Related) -> AgendaItem:
    slot, changed_at = values.slot, _later(overlay.changed_at, item)
    return AgendaItem(
        id=item.id if item else -overlay.id,
        event_id=overlay.event_id,
        uid=overlay.uid,
        sequence=item.sequence if item else 0,
        day=slot.day,
        start_minute=slot.start_minute,
        end_minute=slot.end_minute,
        timezone=slot.zone,
        kind=values.kind,
        audience=values.audience,
        title=values.title,
        abstract=values.abstract,
        track=values.track,
        room=load.rooms.get(values.room_id) if values.room_id else None,
        room_id=values.room_id if values.room_id in load.rooms else None,
        capacity=values.capacity,
        persons=[
            AgendaPerson(
                person_id=part.person_id,
                role=part.role,
                organisation_id=part.organisation_id,
                person=load.persons[part.person_id],
                organisation=load.organisations.get(part.organisation_id) if part.organisation_id else None,
            )
            for part in values.persons
            if part.person_id in load.persons
        ],
        stop=_stop(values, load),
        leg=Leg(**{name: getattr(values.leg, name) for name in type(values.leg).__slots__}) if values.leg else None,
        created_at=changed_at,
        content_changed_at=changed_at,
    )


def _stop(values: ItemInput, load: _Related) -> Stop | None:
    stop = values.stop
    if stop is None:
        return None
    row = Stop(**{name: getattr(stop, name) for name in type(stop).__slots__})
    row.protective_equipment = list(stop.protective_equipment)
    row.host_id = stop.host_id if stop.host_id in load.organisations else None
    row.venue_id = stop.venue_id if stop.venue_id in load.venues else None
    row.host = load.organisations.get(stop.host_id) if stop.host_id else None
    row.venue = load.venues.get(stop.venue_id) if stop.venue_id else None
    return row


def _later(changed_at: datetime, item: AgendaItem | None) -> datetime:
    return max(changed_at, item.content_changed_at) if item else changed_at
