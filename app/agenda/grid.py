"""Where items stand when rooms or tracks run side by side: columns, and lines by the quarter of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.agenda.rules import clock

QUARTER = 15
MOST_COLUMNS = 12
MOST_LINES = 121  # lines that the stylesheet knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An item on its day: minutes, and the room or track it is in (empty: nowhere in particular)."""

    id: int
    begins: int
    ends: int
    place: str = ""

    def overlaps(self, other: Block) -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """``column`` None: across all rooms. ``starts`` and ``ends`` are lines, the first is 1."""

    column: int | None
    starts: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line with a time of the clock beside it."""

    line: int
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    columns: tuple[str, ...]
    cells: dict[int, Cell]
    marks: tuple[Mark, ...]


def grid_of(blocks: Sequence[Block]) -> Grid | None:
    """The grid of a day, or None for a day that is better read as one thread: nothing in it runs side by side."""
    beside = {one.id for one in blocks if any(one is not other and one.overlaps(other) for other in blocks)}
    columns = tuple(dict.fromkeys(block.place for block in blocks if block.id in beside))
    if not 2 <= len(columns) <= MOST_COLUMNS or _any_meet_in_one_place(blocks):
        return None
    lines = _quarters(blocks)
    if lines is None:
        lines = {minute: line for line, minute in enumerate(_moments(blocks), start=1)}
    if max(lines.values()) > MOST_LINES:
        return None
    cells = {
        block.id: Cell(
            column=columns.index(block.place) + 1 if block.id in beside else None,
            starts=lines[block.begins],
            ends=lines[block.ends],
        )
        for block in blocks
    }
    return Grid(columns=columns, cells=cells, marks=_marks(blocks, lines))


def _any_meet_in_one_place(blocks: Sequence[Block]) -> bool:
    return any(
        one.place == other.place and one.overlaps(other)
        for index, one in enumerate(blocks)
        for other in blocks[index + 1 :]
    )


def _moments(blocks: Sequence[Block]) -> list[int]:
    return sorted({block.begins for block in blocks} | {block.ends for block in blocks})


def _quarters(blocks: Sequence[Block]) -> dict[int, int] | None:
    """The line of each moment, to the nearest quarter; None when something is too short to be seen like that."""
    first = min(block.begins for block in blocks) // QUARTER * QUARTER
    lines = {minute: (minute - first + QUARTER // 2) // QUARTER + 1 for minute in _moments(blocks)}
    if max(lines.values()) > MOST_LINES or any(lines[block.ends] <= lines[block.begins] for block in blocks):
        return None
    return lines


def _marks(blocks: Sequence[Block], lines: dict[int, int]) -> tuple[Mark, ...]:
    """The times at which something begins, one for each line."""
    begun = {lines[block.begins]: block.begins for block in sorted(blocks, key=lambda block: -block.begins)}
    return tuple(Mark(line=line, clock=clock(begun[line])) for line in sorted(begun))
