"""The agenda as its organiser sees it by rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.agenda.editor import Editor
from app.agenda.keeping import keeper
from app.agenda.models import AgendaItem
from app.agenda.presenters import ShownItem
from app.events.models import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedItem:
    """``revision``: the change that the page knows of, for the form that moves the item."""

    item: ShownItem
    day: str
    room_id: int | None
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomGroup:
    """``heading`` is empty for what has no room yet; ``items`` are in the order of day and time."""

    heading: str
    items: tuple[PlacedItem, ...]


def by_room(event: Event, editor: Editor, rooms: Mapping[int, str]) -> tuple[RoomGroup, ...]:
    """The items of each room that has any, in the order of ``rooms`` (words by id), and last those without one.

    A leg without a room is on its way and lacks none: it is left out.
    """
    shown = {item.id: (day.heading, item) for day in editor.days for item in day.items}
    groups: dict[int | None, list[PlacedItem]] = {room_id: [] for room_id in (*rooms, None)}
    for row in keeper().rows(event):
        if row.id in shown and (row.room_id or not row.leg):
            groups.setdefault(row.room_id, []).append(_placed(row, *shown[row.id]))
    return tuple(
        RoomGroup(heading=rooms.get(room_id or 0, ""), items=tuple(items)) for room_id, items in groups.items() if items
    )


def _placed(row: AgendaItem, day: str, item: ShownItem) -> PlacedItem:
    return PlacedItem(item=item, day=day, room_id=row.room_id, revision=row.content_changed_at.isoformat())
