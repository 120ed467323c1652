"""Where items stand on the board of a day: columns that widen where items meet, lines that are never too many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.agenda.rules import DAY, clock
from app.planning.rules import Column

STEPS = (5, 10, 15)  # minutes of a line
MOST_LINES = 120  # that the stylesheet knows
MOST_LANES = 24
MARKED = 30  # minutes from one time beside the board to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """An item of a day: minutes since its midnight on the event's clocks."""

    key: str
    begins: int
    ends: int
    column: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """``lane`` is a track of the grid, the first is 1; ``starts`` and ``ends`` are lines, the first is 1."""

    lane: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column's name stands over all of its lanes."""

    column: Column
    lane: int
    lanes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    line: int
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """``opens``: the minute of the first line; ``step``: minutes of a line; ``lines``: how many there are."""

    opens: int
    step: int
    lines: int
    lanes: int
    heads: tuple[Head, ...]
    spots: dict[str, Spot]
    marks: tuple[Mark, ...]


def layout_of(tiles: Sequence[Tile], columns: Iterable[Column], *, opens: int, closes: int) -> Layout | None:
    """A day from ``opens`` to ``closes``, and longer where its items are; None where it has too many lanes.

    Columns are shown in their order, those of items that are in none of them last.
    """
    known = list(dict.fromkeys([*columns, *(tile.column for tile in tiles)]))
    first = min([opens, *(tile.begins for tile in tiles)]) // MARKED * MARKED
    last = max([closes, first + 60, *(tile.ends for tile in tiles)])
    step = next((step for step in STEPS if -(-(last - first) // step) <= MOST_LINES), -(-(last - first) // MOST_LINES))
    lines = -(-(last - first) // step)
    heads, spots, lane = [], {}, 1
    for column in known:
        ours = [tile for tile in tiles if tile.column == column]
        lanes = _lanes(ours)
        width = max(lanes.values(), default=0) + 1
        heads.append(Head(column=column, lane=lane, lanes=width))
        for tile in ours:
            starts, ends = _line(tile.begins, first, step, lines), _line(tile.ends, first, step, lines)
            spots[tile.key] = Spot(lane=lane + lanes[tile.key], starts=starts, ends=max(ends, starts + 1))
        lane += width
    if lane - 1 > MOST_LANES:
        return None
    marks = tuple(
        Mark(line=_line(minute, first, step, lines), clock=clock(minute)) for minute in range(first, last, MARKED)
    )
    return Layout(opens=first, step=step, lines=lines, lanes=lane - 1, heads=tuple(heads), spots=spots, marks=marks)


def _lanes(tiles: Sequence[Tile]) -> dict[str, int]:
    """Beside each other what meets, each as far to the left as it can be."""
    free_from: list[int] = []
    lanes = {}
    for tile in sorted(tiles, key=lambda tile: (tile.begins, -tile.ends, tile.key)):
        lane = next((lane for lane, minute in enumerate(free_from) if minute <= tile.begins), len(free_from))
        if lane == len(free_from):
            free_from.append(0)
        free_from[lane] = tile.ends
        lanes[tile.key] = lane
    return lanes


def _line(minute: int, first: int, step: int, lines: int) -> int:
    return min((minute - first) // step, lines) + 1


def window(hours: tuple[int, int], day: int, days: int) -> tuple[int, int]:
    """From when to when the board of a day reaches: as long as the event does on it, at most from nine to six."""
    starts = hours[0] if day == 0 else 9 * 60
    ends = hours[1] if day == days - 1 else 18 * 60
    return starts, max(ends if ends < DAY else 18 * 60, starts + 60)
