"""Links that open one invitation without an account."""

from __future__ import annotations

from flask import current_app

from app.invitations import queries
from app.invitations.errors import InvitationNotFound, InvitationRevoked
from app.invitations.models import Invitation
from app.invitations.rules import InvitationStatus
from app.kernel.ids import is_genuine, public_id_of, signed_token

PURPOSE = "invitation"


def token(invitation: Invitation) -> str:
    """The token of an invitation's link; raising its link version makes it worthless."""
    return signed_token(_key(), PURPOSE, invitation.public_id, invitation.link_version)


def url(invitation: Invitation) -> str:
    """The whole address, for mails."""
    return f"{current_app.config['FILO'].public_url}/invitations/{token(invitation)}"


def open_invitation(token: str) -> Invitation:
    """The invitation that a token opens, with its event; raises InvitationNotFound or InvitationRevoked."""
    invitation = read_invitation(token)
    if invitation.status is InvitationStatus.REVOKED:
        raise InvitationRevoked
    return invitation


def read_invitation(token: str) -> Invitation:
    """As :func:`open_invitation`, but also for one that was taken back: its page says so."""
    invitation = queries.invitation_with_public_id(public_id_of(token))
    if not is_genuine(token, _key(), PURPOSE, invitation.link_version):
        raise InvitationNotFound(public_id=invitation.public_id)
    return invitation


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
