"""Forgetting in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.invitations import queries
from app.invitations.models import InvitationList
from app.invitations.rules import ListState
from app.kernel.db import db, transactional

BATCH = 500
LISTS_KEPT = timedelta(days=30)
_NOBODY = queries.ERASED


@transactional
def forget_people(*, before: datetime) -> int:
    """Erase who was invited to events that ended before; the figures stay. Returns how many were erased."""
    invitations = queries.of_events_over_before(before, _NOBODY, BATCH)
    for one in invitations:
        one.email = one.email_key = f"{one.public_id}{_NOBODY}"
        one.given_name = one.family_name = one.organisation = ""
        one.note = one.declined_reason = None
        one.link_version += 1
    return len(invitations)


@transactional
def forget_lists(*, now: datetime) -> None:
    """Delete the lists of long ago, whether they were sent or forgotten."""
    db.session.execute(
        delete(InvitationList).where(
            InvitationList.created_at < now - LISTS_KEPT, InvitationList.state != ListState.SENDING
        )
    )
