from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.transfers.rules import Uptake

PHRASES: dict[Any, Any] = {
    Uptake.INTERESTED: _("interested"),
    Uptake.ADAPTING: _("adapting it"),
    Uptake.PILOTING: _("piloting it"),
    Uptake.ADOPTED: _("has adopted it"),
    Uptake.GIVEN_UP: _("has given it up"),
    "transfers.not_found": _("This link is not right. Take it again from the newest mail, whole."),
    "transfers.link_outdated": _("We asked again since then. Answer with the link in the newest mail."),
    "transfers.may_not_declare": _(
        "Members of an organisation say that it takes a practice up. Ask your organisation’s manager to enter you."
    ),
    "transfers.own_practice": _("This practice is of that organisation already. Choose another."),
    "transfers.no_such_move": _("From where you are, this is not the next step. Reload the page and choose again."),
}
