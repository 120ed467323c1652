from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.board.rules import PostKind, PostState

PHRASES: dict[Any, Any] = {
    PostKind.OFFER: _("Offer"),
    PostKind.REQUEST: _("Request"),
    PostState.OPEN: _("Still open"),
    PostState.EXPIRED: _("Has expired"),
    PostState.CLOSED: _("Done with"),
    "board.not_found": _("There is no such offer or request. Look for it on the board."),
    "board.reply_not_found": _("This answer is not there any more. Reload the page."),
    "board.may_not_post": _(
        "Offers, requests and answers are written by members of organisations in the network. "
        "Ask your organisation’s manager to enter you."
    ),
    "board.may_not_change": _("Only who posted this, and the managers of that organisation, may change it."),
    "board.unknown_choice": _("What was chosen here does not exist any more. Choose again."),
    "board.bad_expiry": _("Choose a day from today on, within %(most)s days. You can renew it later."),
    "board.closed": _("This is closed or has expired: nobody answers any more. Look at what is open on the board."),
    "board.already_sent": _("You have sent exactly this already. Wait for the answer, or write something new."),
    "board.too_many": _("This is much for one day. Go on tomorrow."),
}
