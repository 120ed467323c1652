"""How plans change: what stands before and after, what two people did at once, where an item stands on the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.agenda.frozen import Frozen
from app.agenda.inputs import ItemInput
from app.agenda.rules import DAY
from app.planning.errors import Overtaken, UnknownColumn

_HELD_APART = ("stop", "leg")  # their values are compared one by one
LONGEST_ITEM = DAY


class StepState(StrEnum):
    """``passed``: it can neither be undone nor done again."""

    DONE = "done"
    UNDONE = "undone"
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An item of a plan. ``waits``: it has no time yet; then its slot says only how long it is."""

    kept: Frozen
    waits: bool = False


def in_json(held: Mapping[str, Held | None]) -> dict[str, Any]:
    return {uid: {"kept": one.kept, "waits": one.waits} if one else None for uid, one in held.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, Held | None]:
    return {uid: Held(kept=one["kept"], waits=one["waits"]) if one else None for uid, one in kept.items()}


def patched(now: Held | None, *, before: Held | None, after: Held | None) -> Held | None:
    """What stands now with the difference from ``before`` to ``after``; raises Overtaken where that was changed since.

    So a move can be undone after somebody else has mended a title.
    """
    if now == before:
        return after
    if now is None or before is None or after is None:
        raise Overtaken
    if now.waits not in (before.waits, after.waits):
        raise Overtaken
    return Held(kept=_patched(now.kept, before.kept, after.kept), waits=after.waits)


def _patched(now: Frozen, before: Frozen, after: Frozen) -> Frozen:
    made = {}
    for name, value in now.items():
        was, shall = before.get(name), after.get(name)
        if was == shall:
            made[name] = value
        elif value in (was, shall):
            made[name] = shall
        elif name in _HELD_APART and value and was and shall:
            made[name] = _patched(value, was, shall)
        else:
            raise Overtaken
    return made


def merged(base: Frozen | None, planned: Frozen, now: Frozen) -> Frozen:
    """The plan's differences from ``base``, laid over what stands on the agenda now."""
    if base is None:
        return planned
    return {
        name: merged(base[name], planned[name], value)
        if name in _HELD_APART and value and base.get(name) and planned.get(name)
        else (planned[name] if planned[name] != base.get(name) else value)
        for name, value in now.items()
    }


@dataclass(frozen=True, slots=True)
class Column:
    """A room, or a track of what has no room, or neither. As text: ``room:7``, ``track:Food``, ``none``.

    ``room:0`` is in no room, whatever the track: where only rooms are columns, a track is not lost by a move.
    """

    room_id: int | None = None
    track: str | None = None

    def __str__(self) -> str:
        if self.room_id is not None:
            return f"room:{self.room_id}"
        return f"track:{self.track}" if self.track else "none"

    @classmethod
    def parse(cls, text: str) -> Column:
        """Raises UnknownColumn."""
        kind, _colon, name = text.partition(":")
        if kind == "room" and name.isascii() and name.isdigit() and len(name) < 10:
            return cls(room_id=int(name))
        if kind == "track" and 0 < len(name) <= 80:
            return cls(track=name)
        if text == "none":
            return cls()
        raise UnknownColumn(field="column")

    @classmethod
    def of(cls, values: ItemInput) -> Column:
        return cls(room_id=values.room_id) if values.room_id else cls(track=values.track)

    @classmethod
    def of_room(cls, values: ItemInput) -> Column:
        """The same where only rooms are columns."""
        return cls(room_id=values.room_id or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Where somebody wants an item; what is None stays as it is. ``start`` in minutes of its day, in its own zone."""

    day: int | None = None
    start: int | None = None
    minutes: int | None = None
    column: Column | None = None

    def of(self, values: ItemInput) -> ItemInput:
        """The item as it is wished."""
        slot = values.slot
        start = slot.start_minute if self.start is None else self.start
        length = slot.end_minute - slot.start_minute if self.minutes is None else self.minutes
        values = replace(
            values,
            slot=replace(
                slot, day=slot.day if self.day is None else self.day, start_minute=start, end_minute=start + length
            ),
        )
        if self.column is None or self.column == Column.of(values):
            return values
        track = self.column.track if self.column.room_id is None else values.track
        return replace(values, room_id=self.column.room_id or None, track=track)


def next_of(columns: Iterable[Column], now: Column) -> Column | None:
    """The column beside one, the first after the last; None where there is no other."""
    known = list(columns)
    if now not in known:
        return known[0] if known else None
    found = known[(known.index(now) + 1) % len(known)]
    return found if found != now else None
