"""Yes and no. Yes is said by registering, so that verb runs inside registration's transaction."""

from __future__ import annotations

from datetime import datetime

from app.events import queries as events
from app.invitations import queries, rules
from app.invitations.errors import InvitationRevoked
from app.invitations.models import Invitation
from app.invitations.neighbours import closing_of
from app.invitations.rules import InvitationStatus
from app.kernel.db import transactional
from app.mail.queries import count_recent
from app.mail.rules import may_write
from app.mail.services import queue


@transactional
def decline(invitation_id: int, *, reason: str = "", now: datetime) -> None:
    """The invited cannot come. Saying it again only changes the word; who has declined may still come after all.

    Raises InvitationRevoked, CannotAnswer.
    """
    invitation = queries.hold_invitation(invitation_id)
    event = events.event(invitation.event_id)
    rules.check_answerable(
        rules.opened(
            invitation.status,
            event_status=event.status,
            ends_at=event.ends_at,
            deadline=closing_of(event),
            now=now,
        )
    )
    is_new = invitation.status is not InvitationStatus.DECLINED
    invitation.status, invitation.declined_reason = InvitationStatus.DECLINED, reason.strip() or None
    if is_new:
        invitation.answered_at = now
        _confirm(invitation, now)


@transactional
def mark_accepted(invitation_id: int, *, registration_id: int | None = None, now: datetime) -> None:
    """The invited has registered. Raises InvitationNotFound, InvitationRevoked."""
    invitation = queries.hold_invitation(invitation_id)
    if invitation.status is InvitationStatus.REVOKED:
        raise InvitationRevoked
    invitation.status, invitation.answered_at = InvitationStatus.ACCEPTED, now
    invitation.registration_id, invitation.declined_reason = registration_id, None


@transactional
def mark_left(event_id: int, registration_id: int, *, now: datetime) -> None:
    """Somebody who came by invitation gave the place back: the invitation counts as declined. Others: nothing."""
    invitation = queries.invitation_of_registration(event_id, registration_id)
    if invitation and invitation.status is InvitationStatus.ACCEPTED:
        invitation.status, invitation.answered_at = InvitationStatus.DECLINED, now


def _confirm(invitation: Invitation, now: datetime) -> None:
    # whoever has the link may change the answer to and fro; the address must not be flooded by it
    if not may_write(count_recent(invitation.email_key, now - rules.A_DAY)):
        return
    queue(
        "invitation_declined",
        recipient=invitation.email,
        locale=invitation.locale,
        about=f"invitation:{invitation.id}",
        dedupe_key=f"invitation_declined:{invitation.id}:{now.isoformat()}",
        now=now,
        invitation_id=invitation.id,
    )
