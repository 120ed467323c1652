from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, func, select

from app.kernel.db import db
from app.search.models import search_document
from app.search.rules import terms


def refs(subject: str, query: str) -> Select[int]:
    """The ids of what is called or says this, as a subquery."""
    conditions: list[ColumnElement[bool]] = [search_document.c.folded.like(f"%{term}%") for term in terms(query)]
    return select(search_document.c.ref).where(search_document.c.subject == subject, *(conditions or [false()]))


def found(query: str, limit: int) -> Sequence[tuple[str, int]]:
    """``(subject, ref)`` of everything that matches; the shortest documents, being mostly names, come first."""
    conditions = [search_document.c.folded.like(f"%{term}%") for term in terms(query)]
    if not conditions:
        return []
    rows = db.session.execute(
        select(search_document.c.subject, search_document.c.ref)
        .where(*conditions)
        .order_by(func.length(search_document.c.folded), search_document.c.ref)
        .limit(limit)
    )
    return [(row.subject, row.ref) for row in rows]
