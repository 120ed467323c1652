"""By which right somebody comes: an invitation, a pass code, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.invitations.errors import InvitationNotFound
from app.invitations.links import open_invitation
from app.invitations.models import Invitation, PassCode
from app.invitations.services import code_for
from app.registration import queries
from app.registration.inputs import PersonInput


@dataclass(frozen=True, slots=True)
class WayIn:
    """What opens an event that is by invitation, and skips the approval where the organiser lets it."""

    invitation: Invitation | None = None
    code: PassCode | None = None

    @property
    def is_invited(self) -> bool:
        return self.invitation is not None or self.code is not None

    def skips_approval(self, event: Event) -> bool:
        if self.code is not None:
            return True
        if self.invitation is None or not self.invitation.skips_approval:
            return False
        return queries.policy_of(event.id).invited_skip_approval

    def proves(self, person: PersonInput) -> bool:
        """Whether the link that was mailed to this very address was used."""
        return self.invitation is not None and self.invitation.email_key == person.email_key

    def organisation_id(self, person: PersonInput) -> int | None:
        """The organisation that the network knows, as long as its name was left as it stood in the form."""
        invitation = self.invitation
        is_theirs = invitation is not None and invitation.organisation == person.organisation
        return invitation.organisation_id if invitation and is_theirs else None


NO_RIGHT = WayIn()


def way_in(event: Event, *, invitation: str, code: str, now: datetime) -> WayIn:
    """Read what an address or a form brings; empty texts bring nothing, and cost nothing.

    Raises InvitationNotFound for a forged link or one of another event, InvitationRevoked, WrongCode, CodeExpired,
    CodeUsedUp.
    """
    found = open_invitation(invitation) if invitation else None
    if found is not None and found.event_id != event.id:
        raise InvitationNotFound
    return WayIn(found, code_for(event.id, code, now) if code.strip() else None)
