"""Keep what is being typed, so that nothing is lost on a reload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete

from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.practices.errors import MayNotEdit
from app.practices.models import PracticeDraft
from app.practices.queries import reviewing
from app.practices.services.reading import editable

KEPT = timedelta(days=60)
NEW = "new"


@transactional
def keep_draft(
    *, practice_id: int | None, fields: Mapping[str, object], revision: int, actor: Actor, now: datetime
) -> PracticeDraft:
    """Keep the fields as they were typed, unchecked, for this account only; a later draft replaces it.

    Raises MayNotEdit, or PracticeNotFound.
    """
    if actor.account_id is None or (practice_id is None and not actor.managed_ids and not actor.is_administrator):
        raise MayNotEdit
    if practice_id is not None:
        editable(practice_id, actor)
    place = str(practice_id or NEW)
    row = reviewing.draft(actor.account_id, place) or PracticeDraft(
        account_id=actor.account_id, place=place, practice_id=practice_id
    )
    row.fields, row.revision, row.by, row.saved_at = dict(fields), revision, actor.name[:254], now
    db.session.add(row)
    db.session.flush()
    return row


@transactional
def drop_draft(*, practice_id: int | None, actor: Actor) -> None:
    """Forget what was typed and not saved."""
    if actor.account_id and (row := reviewing.draft(actor.account_id, str(practice_id or NEW))):
        db.session.delete(row)


@transactional
def forget_drafts(*, now: datetime) -> None:
    """Drafts that nobody has touched for sixty days."""
    db.session.execute(delete(PracticeDraft).where(PracticeDraft.saved_at < now - KEPT))
