from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedChanged(Fact):
    """It was put in, changed, hidden, merged, shown to everybody or kept back."""

    need_id: int
    event_id: int | None
