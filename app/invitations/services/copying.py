"""Whom an earlier edition invited, as a list that nobody has sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from app.invitations import queries
from app.invitations.models import InvitationList, InvitationListLine
from app.invitations.rules import LineState, ListState
from app.kernel.db import db, table_of

_LINES = table_of(InvitationListLine)


def copy_invited(*, from_id: int, to_id: int, now: datetime) -> int:
    """Lay a checked list before the organisers of a copy for each role; gives the number of people.

    Nobody is written to before they send it. Who was uninvited is left out, and observers, who are invited by right.
    """
    people = queries.invited_by_hand(from_id)
    for role in dict.fromkeys(one.role for one in people):
        invited = [one for one in people if one.role is role]
        found = InvitationList(
            event_id=to_id,
            state=ListState.CHECKED,
            pasted=True,
            locale=invited[0].locale,
            role=role,
            skips_approval=all(one.skips_approval for one in invited),
            lines=len(invited),
            lines_read=len(invited),
            created_at=now,
        )
        db.session.add(found)
        db.session.flush()
        lines = [
            {
                "list_id": found.id,
                "line": number,
                "state": LineState.NEW,
                "email": one.email,
                "email_key": one.email_key,
                "given_name": one.given_name,
                "family_name": one.family_name,
                "organisation": one.organisation,
                "locale": one.locale,
            }
            for number, one in enumerate(invited, start=1)
        ]
        db.session.execute(insert(_LINES), lines)
    return len(people)
