"""What higher rooms show on screens while an item is on: what is noted in a café, the votes for pitches, say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.agenda.rules import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``mark`` stands before the words, ``note`` behind them, small."""

    words: str
    mark: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What arrives at one item, in the language in force; ``empty`` is said while there are no lines."""

    item_id: int
    heading: str
    lead: str = ""
    lines: Sequence[Line] = ()
    more: int = 0
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Panels for some items of a kind, by their ids; for whoever has the link of the screen.

    ``version`` of an event changes whenever one of its panels does, by the clock too, and costs one indexed query:
    it is asked for many times a second.
    """

    kind: ItemKind
    version: Callable[[int, datetime], str]
    panels: Callable[[Sequence[int], datetime], Sequence[Panel]]


_sources: dict[ItemKind, Source] = {}


def register_source(source: Source) -> None:
    """Let a higher room show something on screens; one source for a kind of items, the last one counts."""
    _sources[source.kind] = source


def sources_for(kinds: Collection[ItemKind]) -> list[Source]:
    """Who has something to show for an agenda with items of these kinds."""
    return [source for kind, source in _sources.items() if kind in kinds]
