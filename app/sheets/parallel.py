"""What runs side by side on paper: parts of a day in which items meet, and their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.agenda.grid import Block

MOST_COLUMNS = 5  # that can be read on a sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Items one after the other; or, where ``columns`` has names, a list of items for each of them."""

    columns: tuple[str, ...] = ()
    items: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An item in its day; ``gap``: minutes before it in which nothing is on; ``elapsed``: since the day began."""

    id: int
    minutes: int
    gap: int
    elapsed: int


def stretches(blocks: Iterable[Block]) -> list[Stretch]:
    """The items of a day in the order of time; those that meet in columns by their place, if the sheet has room."""
    found: list[Stretch] = []
    for together in _meeting(blocks):
        places = tuple(dict.fromkeys(block.place for block in together))
        ids = tuple(block.id for block in together)
        if 2 <= len(places) <= MOST_COLUMNS:
            of_places = tuple(tuple(one.id for one in together if one.place == place) for place in places)
            found.append(Stretch(columns=places, items=of_places))
        elif found and not found[-1].columns:
            found[-1] = Stretch(items=((*found[-1].items[0], *ids),))
        else:
            found.append(Stretch(items=(ids,)))
    return found


def turns(blocks: Iterable[Block]) -> list[Turn]:
    """The items of a day as a moderator goes through them."""
    ordered, found = _ordered(blocks), []
    free = first = ordered[0].begins if ordered else 0
    for block in ordered:
        gap = max(0, block.begins - free)
        found.append(Turn(id=block.id, minutes=block.ends - block.begins, gap=gap, elapsed=block.begins - first))
        free = max(free, block.ends)
    return found


def _meeting(blocks: Iterable[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    until = 0
    for block in _ordered(blocks):
        if groups and block.begins < until:
            groups[-1].append(block)
        else:
            groups.append([block])
        until = max(until, block.ends)
    return groups


def _ordered(blocks: Iterable[Block]) -> Sequence[Block]:
    return sorted(blocks, key=lambda block: (block.begins, block.ends, block.id))
