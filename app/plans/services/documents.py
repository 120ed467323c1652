"""Documents of a group."""

from __future__ import annotations

from datetime import datetime

from app.files import services as files
from app.files.rules import Accepted
from app.kernel.db import db, transactional
from app.materials.errors import NoAddress as NoWebAddress
from app.materials.rules import check_address, title_of
from app.network.actors import Actor
from app.network.models import ThematicGroup
from app.plans.errors import NoAddress, TitleMissing
from app.plans.inputs import DocumentInput
from app.plans.models import GroupDocument
from app.plans.queries import groups
from app.plans.services import access
from app.search import services as search
from app.search.facets import Facets


@transactional
def add(
    *, group_slug: str, values: DocumentInput, accepted: Accepted | None = None, actor: Actor, now: datetime
) -> int:
    """Link a document, or keep a file that was accepted; members read it, everybody if it is public.

    A file without a title is called by its name. Raises GroupNotFound, MayNotDraft, TitleMissing, NoAddress.
    """
    group = access.drafted(group_slug, actor)
    title = values.title or (title_of(accepted.name) if accepted else "")
    if not title:
        raise TitleMissing(field="title")
    row = GroupDocument(group_id=group.id, title=title[:200], is_public=values.is_public, added_at=now)
    if accepted:
        row.file = files.keep(accepted, now=now)
    else:
        row.url = _address(values.url)
    db.session.add(row)
    reindex(row)
    access.note("group.document_added", group, actor, now, document=row.id)
    return row.id


@transactional
def remove(document_id: int, *, group_slug: str, actor: Actor, now: datetime) -> None:
    """Raises GroupNotFound, MayNotDraft, DocumentNotFound."""
    group = access.drafted(group_slug, actor)
    row = groups.document(group.id, document_id)
    search.forget("group_document", row.id)
    db.session.delete(row)
    access.note("group.document_removed", group, actor, now, document=document_id)


@transactional
def reindex(row: GroupDocument) -> None:
    """Put the search document anew, with what a file says; only what is public can be found."""
    db.session.flush()
    if not row.is_public:
        search.forget("group_document", row.id)
        return
    group = db.session.get_one(ThematicGroup, row.group_id)
    texts = [*group.name.all_words(), *(files.words_of([row.file]) if row.file else ())]
    search.index("group_document", row.id, names=[row.title], texts=texts, facets=Facets(years=(row.added_at.year,)))


def _address(url: str) -> str:
    try:
        check_address(url)
    except NoWebAddress:
        raise NoAddress(field="url") from None
    return url
