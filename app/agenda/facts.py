from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaChanged(Fact):
    """``tells``: a time or a room moved in an event that is published, so that people who plan by it should know.

    ``moved_ids``: the items that moved; empty where that is not told apart.
    """

    event_id: int
    tells: bool = False
    moved_ids: frozenset[int] = frozenset()
