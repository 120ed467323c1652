from __future__ import annotations

from app.kernel.errors import Invalid, NotFound


class UnusableAddress(Invalid):
    """``field``; nothing can be sent to what was given."""

    code = "mail.unusable_address"


class MessageNotFound(NotFound):
    code = "mail.message_not_found"
