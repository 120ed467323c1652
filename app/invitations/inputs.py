from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.invitations.rules import InvitationRole
from app.mail.rules import address_key


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestInput:
    """Somebody to invite. ``note`` is read by the invited."""

    email: str
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    organisation_id: int | None = None
    locale: str = "en"
    role: InvitationRole = InvitationRole.GUEST
    note: str = ""
    skips_approval: bool = True

    @property
    def email_key(self) -> str:
        return address_key(self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInput:
    """What everybody on a list has in common; ``locale`` where a line names none."""

    locale: str = "en"
    role: InvitationRole = InvitationRole.GUEST
    note: str = ""
    skips_approval: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeInput:
    """A code to make; ``uses`` None lets it be used by any number of people."""

    uses: int | None = None
    valid_until: datetime | None = None
    note: str = ""
