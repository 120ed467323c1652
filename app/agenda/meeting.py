"""What an item meets, for the words of a refusal."""

from __future__ import annotations

from flask_babel import gettext as _

from app.agenda.keeping import keeper
from app.agenda.models import AgendaItem
from app.agenda.rules import clock
from app.events.models import Event
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say


def titled(row: AgendaItem) -> str:
    """When an item begins, and what it is called."""
    return f"{clock(row.start_minute)} {row.title.wording(language()).text or say(row.kind)}"


def why_not(event: Event, refusal: Refusal) -> str:
    """The words of a refusal with the item that stands in the way, where there is one; its transaction is over."""
    words = say(refusal.code, **refusal.details)
    other_id = refusal.details.get("other_id")
    other = next((row for row in keeper().rows(event) if row.id == other_id), None) if other_id else None
    return f"{words} {_('It meets: %(other)s', other=titled(other))}" if other else words
