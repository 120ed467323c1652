from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.mail.models import BounceKind, MessageState

PHRASES = {
    MessageState.QUEUED: _("waits to be sent"),
    MessageState.SENT: _("sent"),
    MessageState.DROPPED: _("not sent: no longer true"),
    MessageState.DEAD: _("could not be sent"),
    MessageState.BOUNCED: _("came back"),
    BounceKind.HARD: _("mail does not arrive"),
    BounceKind.SOFT: _("a mail came back"),
    "mail.unusable_address": _("No mail can be sent to this address. Look for a typing mistake."),
    "mail.unreadable": _("The mail cannot be read."),
    "mail.message_not_found": _("There is no such mail, or it needs no other try."),
}
