from __future__ import annotations

from dataclasses import dataclass

from app.materials.rules import MaterialKind, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialInput:
    """What is said of a file or link. Without a title a file is called by its name.

    ``permission_by``: who permitted that everybody sees it.
    """

    kind: MaterialKind
    language: str
    visibility: Visibility
    title: str | None = None
    agenda_item_id: int | None = None
    credit: str | None = None
    permission_by: str | None = None
