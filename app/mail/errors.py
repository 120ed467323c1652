from __future__ import annotations

from app.kernel.errors import Invalid, NotFound


class UnusableAddress(Invalid):
    """``field``; nothing can be sent to what was given."""

    code = "mail.unusable_address"


class MessageNotFound(NotFound):
    code = "mail.message_not_found"


class UnreadableMail(Invalid):
    """A mail that came in is no mail, or one that nobody can have written by honest means."""

    code = "mail.unreadable"
