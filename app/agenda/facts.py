from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTakenOff(Fact):
    """An item was taken off the agenda; handlers still find its row, which goes directly after them."""

    event_id: int
    item_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCameBack(Fact):
    """An item that was taken off stands on the agenda again: with the same UID, as another row."""

    event_id: int
    item_id: int
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaChanged(Fact):
    """``tells``: a time or a room moved in an event that is published, so that people who plan by it should know.

    ``moved_ids``: the items that moved; empty where that is not told apart. ``tells_holders``: whether those with a
    part in them are to be written to; a release does so itself.
    """

    event_id: int
    tells: bool = False
    moved_ids: frozenset[int] = frozenset()
    tells_holders: bool = True
