from __future__ import annotations

from dataclasses import dataclass, field

from app.kernel.texts import Texts
from app.practices.rules import Act, Aim


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeInput:
    """``body`` is Markdown. A region belongs to the country."""

    title: Texts
    owner_id: int
    country_code: str
    summary: Texts = field(default_factory=Texts)
    body: Texts = field(default_factory=Texts)
    sector_id: str | None = None
    city: str | None = None
    region_code: str | None = None
    aims: frozenset[Aim] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UseInput:
    """What happened to a practice at an event, and in which item of its agenda if in one."""

    practice_id: int
    act: Act
    agenda_item_id: int | None = None
    notes: str | None = None
