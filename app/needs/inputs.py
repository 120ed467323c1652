from __future__ import annotations

from dataclasses import dataclass

from app.needs.rules import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedInput:
    """What somebody types; ``language`` is the one of the page on which it was typed."""

    text: str
    language: str = "en"
    priority: Priority = Priority.IMPORTANT
    cluster_id: int | None = None
    sector_id: str | None = None
    form_key: str | None = None
