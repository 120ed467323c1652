"""What an entry of the itinerary is called."""

from __future__ import annotations

from flask_babel import gettext as _

from app.agenda.models import AgendaItem
from app.kernel.i18n import language
from app.kernel.phrases import say


def title_of(row: AgendaItem) -> str:
    """The title of an entry, of a leg its way."""
    if row.leg and not row.title:
        return _("%(start)s → %(end)s", start=row.leg.departs_from or "…", end=row.leg.arrives_at or "…")
    return row.title.wording(language()).text or say(row.kind)
