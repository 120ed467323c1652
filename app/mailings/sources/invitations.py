"""Those who were invited and have not answered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, String, cast, literal, null, select

from app.invitations.models import Invitation
from app.invitations.rules import InvitationStatus
from app.mailings.registry import audience
from app.mailings.rules import Audience


@audience(Audience.INVITED_SILENT)
def invited_silent(event_id: int) -> Select[*tuple[Any, ...]]:
    return select(
        Invitation.id.label("key"),
        Invitation.email.label("address"),
        Invitation.locale,
        Invitation.given_name,
        Invitation.family_name,
        Invitation.organisation,
        literal("", String).label("org_type"),
        literal("", String).label("country_code"),
        cast(null(), Integer).label("registration_id"),
    ).where(Invitation.event_id == event_id, Invitation.status == InvitationStatus.PENDING)
