"""Documents of a group."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import db, transactional
from app.materials.errors import NoAddress as NoWebAddress
from app.materials.rules import check_address
from app.network.actors import Actor
from app.plans.errors import NoAddress, TitleMissing
from app.plans.inputs import DocumentInput
from app.plans.models import GroupDocument
from app.plans.queries import groups
from app.plans.services import access


@transactional
def add(*, group_slug: str, values: DocumentInput, actor: Actor, now: datetime) -> int:
    """Link a document; members read it, everybody if it is public. Raises GroupNotFound, MayNotDraft, TitleMissing,
    NoAddress.
    """
    group = access.drafted(group_slug, actor)
    if not values.title:
        raise TitleMissing(field="title")
    try:
        check_address(values.url)
    except NoWebAddress:
        raise NoAddress(field="url") from None
    row = GroupDocument(group_id=group.id, title=values.title, url=values.url, is_public=values.is_public, added_at=now)
    db.session.add(row)
    db.session.flush()
    access.note("group.document_added", group, actor, now, document=row.id)
    return row.id


@transactional
def remove(document_id: int, *, group_slug: str, actor: Actor, now: datetime) -> None:
    """Raises GroupNotFound, MayNotDraft, DocumentNotFound."""
    group = access.drafted(group_slug, actor)
    db.session.delete(groups.document(group.id, document_id))
    access.note("group.document_removed", group, actor, now, document=document_id)
