from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert

from app.kernel.db import db, transactional
from app.search.models import search_document
from app.search.rules import document


@transactional
def index(subject: str, ref: int, *, names: Iterable[str], texts: Iterable[str] = ()) -> None:
    """Put, or put anew, what may be searched of one thing."""
    forget(subject, ref)
    db.session.execute(insert(search_document).values(subject=subject, ref=ref, folded=document(names, texts)))


@transactional
def forget(subject: str, ref: int) -> None:
    db.session.execute(
        delete(search_document).where(search_document.c.subject == subject, search_document.c.ref == ref)
    )
