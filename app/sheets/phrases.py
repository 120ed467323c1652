from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.sheets.rules import Layout

PHRASES: dict[Any, Any] = {
    Layout.A4: _("Eight to a sheet, to cut"),
    Layout.FOLDABLE: _("Four to a sheet, to fold: the name on both sides"),
}

REFUSALS = {
    "sheets.no_such_day": _("The event has no such day. Choose one of its days on the page of papers."),
    "sheets.may_not_see_gate_list": _(
        "The gate list is for those who manage this event, its host or its venue. Ask the organiser for a copy."
    ),
}
