from __future__ import annotations

from typing import Any

from app.events.models import Event
from app.invitations import queries, services
from app.invitations.inputs import GuestInput
from app.invitations.models import Invitation
from app.network.actors import SYSTEM, Actor
from tests.builders import NOW


def guest(name: str = "ada", **changes: Any) -> GuestInput:
    values = {"email": f"{name}@company.example", "given_name": name.capitalize(), "family_name": "Esempio"}
    return GuestInput(**values | changes)


def invite(event: Event, name: str = "ada", *, actor: Actor = SYSTEM, now: Any = NOW, **changes: Any) -> Invitation:
    invitation_id = services.invite(event_slug=event.slug, guest=guest(name, **changes), actor=actor, now=now)
    found = queries.invitation_for_mail(invitation_id)
    assert found
    return found
