"""What can be done with invitations and codes. Registration calls mark_accepted, mark_left, code_for and use_code."""

from __future__ import annotations

from app.invitations.services.answering import decline, mark_accepted, mark_left
from app.invitations.services.codes import code_for, drop_code, make_code, use_code
from app.invitations.services.inviting import invite, revoke

__all__ = [
    "code_for",
    "decline",
    "drop_code",
    "invite",
    "make_code",
    "mark_accepted",
    "mark_left",
    "revoke",
    "use_code",
]
