from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.board.rules import PostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInput:
    """An offer or a request, in the language that it is written in."""

    kind: PostKind
    title: str
    text: str
    language: str
    organisation_id: int
    expires_on: date
    sector_id: str | None = None
    group_id: int | None = None
