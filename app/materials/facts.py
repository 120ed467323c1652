from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsChanged(Fact):
    """What an event offers to read, or who may read it, is no longer the same."""

    event_id: int
